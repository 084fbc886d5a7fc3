import { doorSettingsSchema, ruleSetSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { v7 as uuidV7 } from 'uuid';
import { embeddingOf } from '../testing/drafts';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { KIM, KIM_TEMPLATE, UplinkBench } from '../testing/uplink-bench';

const newDirectory = temporaryDirectories();

describe('SocketUplink, pulling the desired state', () => {
  let link: UplinkBench;

  beforeEach(async () => {
    link = await UplinkBench.start(newDirectory());
  });
  afterEach(() => link.close());

  it('asks where people are once it knows them, and hears of it as it comes', async () => {
    link.server.capabilities = ['whereabouts'];
    link.server.change(KIM);
    const moved = [{ personId: KIM.person.id, areaId: null, at: '2026-10-01T09:30:00.000Z' }];
    link.server.whereabouts = [
      { moved, pardoned: [] },
      { moved: [], pardoned: [{ personId: KIM.person.id, at: moved[0]!.at }] },
    ];
    link.uplink.start();
    await until(() => link.learnt.length === 2);
    expect(link.learnt).toMatchObject(link.server.whereabouts);
    expect(link.target.knows(KIM.person.id)).toBe(true);
    link.server.send('whereabouts.told', { v: 1, moved: 'nonsense', pardoned: [] });
    link.server.send('whereabouts.told', { v: 1, moved, pardoned: [] });
    await until(() => link.learnt.length === 3);
    expect(link.learnt[2]).toMatchObject({ moved });
  });

  it('pulls page after page until it holds what the server wants, and again when that changes', async () => {
    const door = {
      id: link.server.doorId,
      name: 'Main',
      settings: doorSettingsSchema.parse({ unlockMs: 900 }),
    };
    link.server.change(KIM, KIM_TEMPLATE, { kind: 'door.put', door });
    let changes = 0;
    link.target.onChange(() => (changes += 1));
    link.uplink.start();
    await until(() => link.target.appliedRevision === 3);
    expect(link.server.pulls.map(({ afterRevision }) => afterRevision)).toEqual([0, 2]);
    expect(link.target.search(embeddingOf(1))).toMatchObject([{ personId: KIM.person.id }]);
    expect(link.target.nameOf(KIM.person.id)).toBe('김민지');
    expect(link.target.settings.unlockMs).toBe(900);
    expect(changes).toBe(2);
    link.server.change({ kind: 'person.delete', personId: KIM.person.id });
    await until(() => link.target.appliedRevision === 4);
    expect(link.target.search(embeddingOf(1))).toEqual([]);
    expect(link.target.knows(KIM.person.id)).toBe(false);
  });

  it('goes on after a restart from where it was, and knows everybody before it has a link', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    await link.uplink.stop();
    link.begin();
    expect(link.target.search(embeddingOf(1))).toMatchObject([{ personId: KIM.person.id }]);
    link.uplink.start();
    await until(() => link.server.hellos.length === 2);
    expect(link.server.hellos[1]!.appliedRevision).toBe(2);
  });

  it('says what it has applied once it has', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.server.applied.includes(2));
    expect(link.store.state.load().appliedRevision).toBe(2);
  });

  it('forgets who is revoked at once, while a page about them is under way, and learns of them anew later', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    let release = (): void => undefined;
    link.server.pullsHeldUntil = new Promise((resolve) => (release = resolve));
    // The page is read before the revocation, and comes after it.
    link.server.change(KIM, KIM_TEMPLATE);
    await until(() => link.server.pulls.at(-1)?.afterRevision === 2);
    link.server.send('people.revoke', { v: 1, revision: 5, personIds: [KIM.person.id] });
    await until(() => link.server.revoked.includes(5));
    expect(link.target.search(embeddingOf(1))).toEqual([]);
    expect(link.store.state.load()).toMatchObject({ people: [], templates: [], appliedRevision: 2 });
    release();
    await until(() => link.target.appliedRevision === 4);
    expect(link.target.search(embeddingOf(1))).toEqual([]);
    expect(link.target.knows(KIM.person.id)).toBe(false);
    link.server.change({ ...KIM, person: { ...KIM.person, status: 'blocked' } });
    await until(() => link.target.appliedRevision === 5);
    expect(link.target.knows(KIM.person.id)).toBe(true);
  });

  it('never holds who is revoked while it syncs for the first time, not after a restart either', async () => {
    const lee = { ...KIM, person: { id: uuidV7(), name: '이서준' } };
    let release = (): void => undefined;
    link.server.pullsHeldUntil = new Promise((resolve) => (release = resolve));
    link.server.change(KIM, KIM_TEMPLATE, lee);
    link.uplink.start();
    await until(() => link.server.pulls.length === 1);
    link.server.send('people.revoke', { v: 1, revision: 4, personIds: [KIM.person.id] });
    await until(() => link.server.revoked.includes(4));
    const seen: boolean[] = [];
    link.target.onChange(() => seen.push(link.target.knows(KIM.person.id)));
    release();
    await until(() => link.target.appliedRevision === 3);
    await link.uplink.stop();
    link.begin();
    expect([link.target.knows(KIM.person.id), link.target.knows(lee.person.id)]).toEqual([false, true]);
    link.server.change({ kind: 'person.delete', personId: KIM.person.id });
    link.uplink.start();
    await until(() => link.target.appliedRevision === 4);
    expect(link.target.search(embeddingOf(1))).toEqual([]);
    expect(seen).not.toContain(true);
  });

  it('confirms a revocation that it has got with a page before', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    link.server.send('people.revoke', { v: 1, revision: 2, personIds: [KIM.person.id] });
    await until(() => link.server.revoked.includes(2));
    expect(link.target.knows(KIM.person.id)).toBe(true);
  });

  it('asks once for everything again when it was taken for an older agent meanwhile, which is sent less', async () => {
    const { people: _people, ...rules } = ruleSetSchema.parse(goldenMessage('ruleSet'));
    link.server.accessRules = true;
    link.server.change({ kind: 'rules.put', rules });
    link.uplink.start();
    await until(() => link.target.appliedRevision === 1);
    link.server.accessRules = false;
    link.server.cut();
    await until(() => link.server.hellos.length === 2);
    link.server.change(KIM);
    await until(() => link.target.appliedRevision === 2);
    link.server.accessRules = true;
    link.server.cut();
    await until(() => link.server.pulls.filter(({ afterRevision }) => afterRevision === 0).length === 2);
    await until(() => link.target.appliedRevision === 2);
    link.server.cut();
    await until(() => link.server.hellos.length === 4 && link.server.pulls.at(-1)!.afterRevision === 2);
    expect(link.server.pulls.filter(({ afterRevision }) => afterRevision === 0)).toHaveLength(2);
  });

  it('begins at 0 again with nothing when the server does not know its state', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    link.server.forgetFeed();
    const leeId = uuidV7();
    link.server.change({ kind: 'person.put', person: { id: leeId, name: 'Lee' } });
    await until(() => link.target.knows(leeId));
    expect(link.target.knows(KIM.person.id)).toBe(false);
    expect(link.target.templateCount).toBe(0);
    expect(link.store.state.load()).toMatchObject({
      appliedRevision: 1,
      people: [{ id: leeId }],
      templates: [],
    });
  });

  it('asks for everything again when it serves another door than before', async () => {
    const settings = doorSettingsSchema.parse({ unlockMs: 900 });
    link.server.change(KIM, { kind: 'door.put', door: { id: uuidV7(), name: 'Other', settings } });
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    await link.uplink.stop();
    link.begin();
    link.uplink.start();
    await until(() => link.server.pulls.at(-1)!.afterRevision === 0 && link.server.hellos.length === 2);
    await until(() => link.target.appliedRevision === 2);
    expect(link.target.knows(KIM.person.id)).toBe(true);
  });

  it('passes over what only a newer server knows, and what is no template', async () => {
    link.server.foreignChanges = [{ kind: 'schedule.put', revision: 1, schedule: {} }];
    const bad = { ...KIM_TEMPLATE.template, id: uuidV7(), embedding: new Uint8Array(8) };
    link.server.change(KIM, { kind: 'template.put', template: bad }, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 3);
    expect(link.target.templateCount).toBe(1);
    expect(link.logged.lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['changes of an unknown kind skipped', 'template left out']),
    );
  });

  it('fetches all anew when templates cannot be read, and relies on no gallery until it has', async () => {
    link.server.change(KIM, KIM_TEMPLATE);
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    await link.uplink.stop();
    const load = link.store.state.load.bind(link.store.state);
    link.store.state.load = () => ({ ...load(), templates: [], unreadableTemplates: 1 });
    link.begin();
    expect(link.target.search(embeddingOf(1))).toBeNull();
    link.uplink.start();
    await until(() => link.target.appliedRevision === 2);
    expect(link.target.search(embeddingOf(1))).toMatchObject([{ personId: KIM.person.id }]);
  });
});
