import { eventDraft, forcedDraft } from '../testing/drafts';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { UplinkBench } from '../testing/uplink-bench';

const newDirectory = temporaryDirectories();

describe('SocketUplink, pushing events', () => {
  let link: UplinkBench;

  beforeEach(async () => {
    link = await UplinkBench.start(newDirectory());
  });
  afterEach(() => link.close());

  it('pushes what waited, and what happens, and keeps only what is not acknowledged', async () => {
    for (let count = 0; count < 7; count += 1) link.store.events.append(eventDraft());
    link.uplink.start();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.stored.size).toBe(7);
    const event = link.store.events.append(eventDraft());
    link.uplink.eventsWaiting();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.stored.get(event.id)).toEqual(event);
  });

  it('sends events whose acknowledgement was lost again, as they were', async () => {
    const event = link.store.events.append(eventDraft());
    link.server.acknowledgementsToLose = 2;
    link.uplink.start();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.pushes.get(event.id)).toBe(3);
    expect([...link.server.stored.values()]).toEqual([event]);
  });

  it('drops what hello already acknowledges', async () => {
    const event = link.store.events.append(eventDraft());
    link.server.helloAcknowledges = 1;
    link.uplink.start();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.pushes.has(event.id)).toBe(false);
  });

  it('sends what must be known at once ahead of what waits, and again in its turn', async () => {
    link.server.capabilities = ['event-lanes'];
    link.server.pushesHeldUntil = new Promise(() => undefined);
    for (let count = 0; count < 9; count += 1) link.store.events.append(eventDraft());
    const forced = link.store.events.append(forcedDraft());
    link.uplink.start();
    await until(() => link.server.overtaken.length === 1);
    expect(link.server.overtaken).toEqual([forced]);
    expect(link.server.pushes.size).toBe(0);
    link.server.pushesHeldUntil = Promise.resolve();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.happened.get(forced.id)).toEqual(forced);
    expect(link.server.overtaken).toHaveLength(1);
  });

  it('lets nothing overtake at a server that does not know of it', async () => {
    for (let count = 0; count < 9; count += 1) link.store.events.append(eventDraft());
    link.store.events.append(forcedDraft());
    link.uplink.start();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.overtaken).toEqual([]);
  });

  it('keeps events that the server refuses, and tries again', async () => {
    link.store.events.append(eventDraft());
    link.server.pushesToRefuse = 2;
    link.uplink.start();
    await until(() => link.store.events.pending(1).length === 0);
    expect(link.server.stored.size).toBe(1);
    const failures = link.logged.lines.filter(({ msg }) => msg === 'push failed');
    expect(failures).toMatchObject([{ code: 'server/unavailable' }, { code: 'server/unavailable' }]);
  });

  it('begins a new epoch when the server knows numbers that this store never gave', async () => {
    link.store.events.append(eventDraft());
    const { epoch } = link.store.events.position;
    link.server.helloAcknowledges = 40;
    link.uplink.start();
    await until(() => link.store.events.position.epoch !== epoch);
    link.server.helloAcknowledges = null;
    await until(() => link.server.stored.size === 1);
    expect(link.server.hellos.at(-1)!.outbox.epoch).not.toBe(epoch);
  });

  it('comes back after the link was cut, again and again, with nothing lost and nothing twice in the account', async () => {
    const sent: string[] = [];
    link.uplink.start();
    for (let round = 0; round < 5; round += 1) {
      await until(() => link.server.hellos.length > round);
      sent.push(link.store.events.append(eventDraft()).id);
      link.uplink.eventsWaiting();
      link.server.cut();
      sent.push(link.store.events.append(eventDraft()).id);
    }
    await until(() => link.store.events.pending(1).length === 0);
    expect([...link.server.stored.keys()].sort()).toEqual([...sent].sort());
    expect([...link.server.stored.values()].map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
  });
});
