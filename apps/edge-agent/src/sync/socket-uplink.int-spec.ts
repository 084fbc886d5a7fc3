import { join } from 'node:path';
import { doorSettingsSchema, ruleSetSchema, type CommandReport, type DoorState } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { DatabaseSync } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import { TemplateTransform } from '@munjigi/face-core';
import { systemClock } from '../adapters/clock/system-clock';
import { openStore, type DoorStore } from '../adapters/store/open-store';
import type { UplinkUser } from '../ports/uplink-user';
import { embeddingOf, eventDraft } from '../testing/drafts';
import { InTestServer } from '../testing/in-test-server';
import { readableLog } from '../testing/log-lines';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { SocketUplink } from './socket-uplink';
import { TargetState } from './target-state';
import { NO_LOCAL_PEOPLE } from '../testing/no-local-people';

const noCommands: UplinkUser['commands'] = {
  take: ({ commandId }) => ({ ...REPORT, commandId }),
  untold: () => [],
  told: () => undefined,
};
const model = { modelId: 'mobilefacenet-192', dimension: 192 };
const REPORT = {
  ...{ commandId: uuidV7() as CommandReport['commandId'], state: 'refused', refusal: 'late' },
  ...{ detail: null, unlockMs: null, diagnostics: null },
} as const satisfies CommandReport;
const newDirectory = temporaryDirectories();
const kimId = uuidV7();
const kimTemplateId = uuidV7();
const kim = { kind: 'person.put' as const, person: { id: kimId, name: '김민지' } };
const kimTemplate = {
  kind: 'template.put' as const,
  template: {
    id: kimTemplateId,
    personId: kimId,
    modelId: model.modelId,
    embedding: new Uint8Array(embeddingOf(1).buffer),
  },
};

describe('SocketUplink', () => {
  let server: InTestServer;
  let store: DoorStore;
  let directory: string;
  let target: TargetState;
  let uplink: SocketUplink;
  let logged: ReturnType<typeof readableLog>;
  let watched: unknown[];
  let learnt: unknown[];
  let untold: CommandReport[];
  let state: Omit<DoorState, 'v'>;

  const begin = (): void => {
    target = new TargetState({ store: store.state, model, log: logged.log });
    target.load();
    const user: UplinkUser = {
      doorState: () => state,
      commands: {
        ...noCommands,
        untold: () => untold,
        told: (report) => (untold = untold.filter((each) => each !== report)),
      },
      captures: (trackId) => ({ ok: false, error: { code: 'capture/track-gone', message: trackId } }),
      local: NO_LOCAL_PEOPLE,
      preview: (watch) => watched.push(watch),
      whereabouts: (told) => learnt.push(told),
    };
    uplink = new SocketUplink({
      ...{ serverUrl: server.url, token: () => Promise.resolve(server.token), agentVersion: '0.1.0' },
      ...{ modelId: model.modelId, clock: systemClock, log: logged.log, events: store.events, target, user },
      times: {
        retry: { baseMs: 20, capMs: 50 },
        refusedRetry: { baseMs: 50, capMs: 100 },
        connectTimeoutMs: 2000,
        answerTimeoutMs: 200,
      },
    });
  };
  const linked = () => until(() => server.doorStates.length > 0, { what: 'the link' });

  beforeEach(async () => {
    server = new InTestServer();
    await server.start();
    directory = newDirectory();
    store = openStore({ directory, modelId: model.modelId });
    logged = readableLog();
    watched = [];
    learnt = [];
    untold = [];
    state = {
      ...{ lock: 'locked', cameraFault: null, cameraFaultKind: null, condition: null, disk: null },
      health: null,
    };
    begin();
  });
  afterEach(async () => {
    await uplink.stop();
    await server.stop();
    store.close();
    expect(server.violations).toEqual([]);
  });

  it('begins anew when a link is lost while it is being made', async () => {
    server.connectionsToLose = 1;
    uplink.start();
    await linked();
    expect(server.connectionsToLose).toBe(0);
  });

  it('tells what became of commands until the server has confirmed each', async () => {
    untold = [REPORT, { ...REPORT, commandId: uuidV7() as CommandReport['commandId'] }];
    const [first, second] = untold;
    server.reportsToLose = 1;
    uplink.start();
    await until(() => untold.length === 0, { what: 'the reports to be confirmed' });
    expect(server.reports).toEqual([first, first, second].map((report) => ({ v: 1, ...report })));
  });

  it('says hello with where it stands, then how the door is', async () => {
    store.events.append(eventDraft());
    state = {
      lock: 'unlocked',
      cameraFault: 'The cable is out.',
      cameraFaultKind: 'no-picture',
      health: null,
      condition: null,
      disk: { level: 'low', freeBytes: 5_000_000 },
    };
    uplink.start();
    await linked();
    expect(server.hellos[0]).toMatchObject({ appliedRevision: 0, outbox: store.events.position });
    expect(server.doorStates[0]).toMatchObject(state);
  });

  it('asks where people are once it knows them, and hears of it as it comes', async () => {
    server.capabilities = ['whereabouts'];
    server.change(kim);
    const moved = [{ personId: kimId, areaId: null, at: '2026-10-01T09:30:00.000Z' }];
    server.whereabouts = [
      { moved, pardoned: [] },
      { moved: [], pardoned: [{ personId: kimId, at: moved[0]!.at }] },
    ];
    uplink.start();
    await until(() => learnt.length === 2);
    expect(learnt).toEqual(server.whereabouts);
    expect(target.knows(kimId)).toBe(true);
    server.send('whereabouts.told', { v: 1, moved: 'nonsense', pardoned: [] });
    server.send('whereabouts.told', { v: 1, moved, pardoned: [] });
    await until(() => learnt.length === 3);
    expect(learnt[2]).toMatchObject({ moved });
  });

  it('tells each change of the door', async () => {
    uplink.start();
    await linked();
    state.lock = 'unlocked';
    uplink.doorStateChanged();
    await until(() => server.doorStates.at(-1)?.lock === 'unlocked');
  });

  it('measures how far the server’s clock is ahead', async () => {
    server.clockAheadMs = 60_000;
    expect(uplink.clockOffsetMs).toBeNull();
    uplink.start();
    await linked();
    expect(Math.abs(uplink.clockOffsetMs! - 60_000)).toBeLessThan(1000);
  });

  it('pulls page after page until it holds what the server wants, and again when that changes', async () => {
    const door = { id: server.doorId, name: 'Main', settings: doorSettingsSchema.parse({ unlockMs: 900 }) };
    server.change(kim, kimTemplate, { kind: 'door.put', door });
    let changes = 0;
    target.onChange(() => (changes += 1));
    uplink.start();
    await until(() => target.appliedRevision === 3);
    expect(server.pulls.map(({ afterRevision }) => afterRevision)).toEqual([0, 2]);
    expect(target.search(embeddingOf(1))).toMatchObject([{ personId: kimId }]);
    expect(target.nameOf(kimId)).toBe('김민지');
    expect(target.settings.unlockMs).toBe(900);
    expect(changes).toBe(2);
    server.change({ kind: 'person.delete', personId: kimId });
    await until(() => target.appliedRevision === 4);
    expect(target.search(embeddingOf(1))).toEqual([]);
    expect(target.knows(kimId)).toBe(false);
  });

  it('goes on after a restart from where it was, and knows everybody before it has a link', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    await uplink.stop();
    begin();
    expect(target.search(embeddingOf(1))).toMatchObject([{ personId: kimId }]);
    uplink.start();
    await until(() => server.hellos.length === 2);
    expect(server.hellos[1]!.appliedRevision).toBe(2);
  });

  it('says what it has applied once it has', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => server.applied.includes(2));
    expect(store.state.load().appliedRevision).toBe(2);
  });

  it('forgets who is revoked at once, while a page about them is under way, and learns of them anew later', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    let release = (): void => undefined;
    server.pullsHeldUntil = new Promise((resolve) => (release = resolve));
    // The page is read before the revocation, and comes after it.
    server.change(kim, kimTemplate);
    await until(() => server.pulls.at(-1)?.afterRevision === 2);
    server.send('people.revoke', { v: 1, revision: 5, personIds: [kimId] });
    await until(() => server.revoked.includes(5));
    expect(target.search(embeddingOf(1))).toEqual([]);
    expect(store.state.load()).toMatchObject({ people: [], templates: [], appliedRevision: 2 });
    release();
    await until(() => target.appliedRevision === 4);
    expect(target.search(embeddingOf(1))).toEqual([]);
    expect(target.knows(kimId)).toBe(false);
    server.change({ ...kim, person: { ...kim.person, status: 'blocked' } });
    await until(() => target.appliedRevision === 5);
    expect(target.knows(kimId)).toBe(true);
  });

  it('confirms a revocation that it has got with a page before', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    server.send('people.revoke', { v: 1, revision: 2, personIds: [kimId] });
    await until(() => server.revoked.includes(2));
    expect(target.knows(kimId)).toBe(true);
  });

  describe('with a server that compares', () => {
    const choi = { kind: 'person.put' as const, person: { id: uuidV7(), name: '최유나' } };
    const { people: _people, ...rules } = ruleSetSchema.parse(goldenMessage('ruleSet'));
    /** Changes the door's rows behind its back, as a failing disk or a meddler might. */
    const meddle = (sql: string): void => {
      const database = new DatabaseSync(join(directory, 'agent.db'));
      database.exec(sql);
      database.close();
    };
    const compared = (count: number) => until(() => server.comparisons.length >= count);

    beforeEach(async () => {
      server.capabilities = ['state-digest'];
      server.change(kim, kimTemplate, choi, { kind: 'rules.put', rules });
      server.change({
        kind: 'door.put',
        door: { id: server.doorId, name: 'Main', settings: doorSettingsSchema.parse({}) },
      });
      uplink.start();
      await compared(1);
    });

    it('shows after it has come that it holds what it should, and again when it is asked', async () => {
      expect(server.comparisons).toEqual([[]]);
      server.send('sync.compare', { v: 1 });
      await compared(2);
      expect(server.comparisons).toEqual([[], []]);
    });

    it.each([
      [
        'a person is changed',
        `UPDATE person SET access = '{"status":"active"}', name = 'Somebody' WHERE id = '${kimId}'`,
      ],
      ['a person is gone', `DELETE FROM person WHERE id = '${kimId}'`],
      ['a template is damaged', `UPDATE template SET sealed = zeroblob(length(sealed))`],
      ['a template is gone', 'DELETE FROM template'],
      ['a template is made another person’s', `UPDATE template SET person_id = '${choi.person.id}'`],
      [
        'somebody was added',
        `INSERT INTO person (id, name, access, etag, sum) SELECT '${uuidV7()}', name, access, etag, sum FROM person LIMIT 1`,
      ],
      [
        'what was added has no proper id',
        `INSERT INTO person (id, name, access, etag, sum) SELECT 'x', name, access, etag, sum FROM person LIMIT 1`,
      ],
      ['the rules are changed', `UPDATE meta SET value = replace(value, ' ', '') || ' ' WHERE key = 'rules'`],
      ['the door is another', `UPDATE meta SET value = replace(value, 'Main', 'Side') WHERE key = 'door'`],
    ])('heals its disk when %s', async (_, sql) => {
      const before = store.state.load();
      meddle(sql);
      server.send('sync.compare', { v: 1 });
      await compared(3);
      expect(server.comparisons.map((parts) => parts.length)).toEqual([0, 1, 0]);
      expect(store.state.load()).toEqual(before);
      expect(target.search(embeddingOf(1))).toMatchObject([{ personId: kimId }]);
    });
  });

  const renewed = (secret: Uint8Array, id = uuidV7()) => {
    const turned = new TemplateTransform(secret, model.dimension).apply(embeddingOf(1));
    const template = { ...kimTemplate.template, embedding: new Uint8Array(turned.buffer), transformId: id };
    return {
      id,
      put: { ...kimTemplate, template },
      transform: { kind: 'transform.put' as const, transform: { id, secret } },
    };
  };
  const kimsSimilarity = () => target.search(embeddingOf(1))?.[0]?.similarity ?? 0;

  it('compares in a transform that it is given, also after a restart without a link, and through a renewal', async () => {
    const [first, second] = [renewed(new Uint8Array(32).fill(1)), renewed(new Uint8Array(32).fill(2))];
    server.transformId = first.id;
    server.change(first.transform, kim, first.put);
    uplink.start();
    await until(() => target.appliedRevision === 3);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);

    await uplink.stop();
    begin();
    expect(kimsSimilarity()).toBeCloseTo(1, 5);

    uplink.start();
    await linked();
    server.transformId = second.id;
    server.change(second.transform);
    await until(() => target.appliedRevision === 4);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    server.change(second.put, { kind: 'transform.delete', transformId: first.id } as never);
    await until(() => target.appliedRevision === 6);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    expect(target.templateCount).toBe(1);
    expect(store.state.load().transforms.map(({ id }) => id)).toEqual([second.id]);
  });

  it('asks for everything again, and goes on with what it has, when it lacks the server’s transform', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    await uplink.stop();
    // The server has begun to keep templates in a transform while an older agent ran, which was sent none of it.
    const first = renewed(new Uint8Array(32).fill(1));
    server.forgetFeed();
    server.transformId = first.id;
    server.change(first.transform, kim);
    begin();
    uplink.start();
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    await until(() => store.state.load().transforms.length === 1);
    expect(server.pulls.some(({ afterRevision }) => afterRevision === 0)).toBe(true);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
    server.change(first.put);
    await until(() => store.state.load().templates[0]?.transformId === first.id);
    expect(kimsSimilarity()).toBeCloseTo(1, 5);
  });

  it('asks once for everything again when it was taken for an older agent meanwhile, which is sent less', async () => {
    const { people: _people, ...rules } = ruleSetSchema.parse(goldenMessage('ruleSet'));
    server.accessRules = true;
    server.change({ kind: 'rules.put', rules });
    uplink.start();
    await until(() => target.appliedRevision === 1);
    server.accessRules = false;
    server.cut();
    await until(() => server.hellos.length === 2);
    server.change(kim);
    await until(() => target.appliedRevision === 2);
    server.accessRules = true;
    server.cut();
    await until(() => server.pulls.filter(({ afterRevision }) => afterRevision === 0).length === 2);
    await until(() => target.appliedRevision === 2);
    server.cut();
    await until(() => server.hellos.length === 4 && server.pulls.at(-1)!.afterRevision === 2);
    expect(server.pulls.filter(({ afterRevision }) => afterRevision === 0)).toHaveLength(2);
  });

  it('leaves a template out whose transform it was not given', async () => {
    const unknown = renewed(new Uint8Array(32).fill(1));
    server.change(kim, unknown.put);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    expect(target.templateCount).toBe(0);
    expect(logged.lines.map(({ msg }) => msg)).toContain('template of an unknown transform left out');
  });

  it('begins at 0 again with nothing when the server does not know its state', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    server.forgetFeed();
    const leeId = uuidV7();
    server.change({ kind: 'person.put', person: { id: leeId, name: 'Lee' } });
    await until(() => target.knows(leeId));
    expect(target.knows(kimId)).toBe(false);
    expect(target.templateCount).toBe(0);
    expect(store.state.load()).toMatchObject({ appliedRevision: 1, people: [{ id: leeId }], templates: [] });
  });

  it('asks for everything again when it serves another door than before', async () => {
    const settings = doorSettingsSchema.parse({ unlockMs: 900 });
    server.change(kim, { kind: 'door.put', door: { id: uuidV7(), name: 'Other', settings } });
    uplink.start();
    await until(() => target.appliedRevision === 2);
    await uplink.stop();
    begin();
    uplink.start();
    await until(() => server.pulls.at(-1)!.afterRevision === 0 && server.hellos.length === 2);
    await until(() => target.appliedRevision === 2);
    expect(target.knows(kimId)).toBe(true);
  });

  it('passes over what only a newer server knows, and what is no template', async () => {
    server.foreignChanges = [{ kind: 'schedule.put', revision: 1, schedule: {} }];
    const bad = { ...kimTemplate.template, id: uuidV7(), embedding: new Uint8Array(8) };
    server.change(kim, { kind: 'template.put', template: bad }, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 3);
    expect(target.templateCount).toBe(1);
    expect(logged.lines.map(({ msg }) => msg)).toEqual(
      expect.arrayContaining(['changes of an unknown kind skipped', 'template left out']),
    );
  });

  it('fetches all anew when templates cannot be read, and relies on no gallery until it has', async () => {
    server.change(kim, kimTemplate);
    uplink.start();
    await until(() => target.appliedRevision === 2);
    await uplink.stop();
    const load = store.state.load.bind(store.state);
    store.state.load = () => ({ ...load(), templates: [], unreadableTemplates: 1 });
    begin();
    expect(target.search(embeddingOf(1))).toBeNull();
    uplink.start();
    await until(() => target.appliedRevision === 2);
    expect(target.search(embeddingOf(1))).toMatchObject([{ personId: kimId }]);
  });

  it('pushes what waited, and what happens, and keeps only what is not acknowledged', async () => {
    for (let count = 0; count < 7; count += 1) store.events.append(eventDraft());
    uplink.start();
    await until(() => store.events.pending(1).length === 0);
    expect(server.stored.size).toBe(7);
    const event = store.events.append(eventDraft());
    uplink.eventsWaiting();
    await until(() => store.events.pending(1).length === 0);
    expect(server.stored.get(event.id)).toEqual(event);
  });

  it('sends events whose acknowledgement was lost again, as they were', async () => {
    const event = store.events.append(eventDraft());
    server.acknowledgementsToLose = 2;
    uplink.start();
    await until(() => store.events.pending(1).length === 0);
    expect(server.pushes.get(event.id)).toBe(3);
    expect([...server.stored.values()]).toEqual([event]);
  });

  it('drops what hello already acknowledges', async () => {
    const event = store.events.append(eventDraft());
    server.helloAcknowledges = 1;
    uplink.start();
    await until(() => store.events.pending(1).length === 0);
    expect(server.pushes.has(event.id)).toBe(false);
  });

  it('keeps events that the server refuses, and tries again', async () => {
    store.events.append(eventDraft());
    server.pushesToRefuse = 2;
    uplink.start();
    await until(() => store.events.pending(1).length === 0);
    expect(server.stored.size).toBe(1);
    const failures = logged.lines.filter(({ msg }) => msg === 'push failed');
    expect(failures).toMatchObject([{ code: 'server/unavailable' }, { code: 'server/unavailable' }]);
  });

  it('begins a new epoch when the server knows numbers that this store never gave', async () => {
    store.events.append(eventDraft());
    const { epoch } = store.events.position;
    server.helloAcknowledges = 40;
    uplink.start();
    await until(() => store.events.position.epoch !== epoch);
    server.helloAcknowledges = null;
    await until(() => server.stored.size === 1);
    expect(server.hellos.at(-1)!.outbox.epoch).not.toBe(epoch);
  });

  it('comes back after the link was cut, again and again, with nothing lost and nothing twice in the account', async () => {
    const sent: string[] = [];
    uplink.start();
    for (let round = 0; round < 5; round += 1) {
      await until(() => server.hellos.length > round);
      sent.push(store.events.append(eventDraft()).id);
      uplink.eventsWaiting();
      server.cut();
      sent.push(store.events.append(eventDraft()).id);
    }
    await until(() => store.events.pending(1).length === 0);
    expect([...server.stored.keys()].sort()).toEqual([...sent].sort());
    expect([...server.stored.values()].map(({ sequence }) => sequence).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
  });

  it('works on while the server is away, and links when it is there', async () => {
    const port = Number(new URL(server.url).port);
    await server.stop();
    uplink.start();
    const event = store.events.append(eventDraft());
    await until(() => logged.lines.some(({ msg }) => String(msg).startsWith('server not reached')));
    server = new InTestServer();
    await server.start(port);
    await until(() => server.stored.has(event.id));
  });

  it('says clearly that its token is refused, and takes a new one without a restart', async () => {
    const good = server.token;
    let token = 'mnj_agent_wrong';
    uplink = new SocketUplink({
      ...{ serverUrl: server.url, token: () => Promise.resolve(token), agentVersion: '0.1.0' },
      ...{ modelId: model.modelId, clock: systemClock, log: logged.log, events: store.events, target },
      user: {
        doorState: () => state,
        commands: noCommands,
        captures: () => ({ ok: true, captures: [] }),
        local: NO_LOCAL_PEOPLE,
        preview: () => undefined,
        whereabouts: () => undefined,
      },
      times: { refusedRetry: { baseMs: 20, capMs: 20 } },
    });
    uplink.start();
    const line = await until(() => logged.lines.find(({ code }) => code === 'agent/unauthenticated'));
    expect(line).toMatchObject({
      level: 50,
      msg: 'server refuses this agent, check its key or token, and its version',
    });
    expect(JSON.stringify(logged.lines)).not.toContain(token);
    token = good;
    await linked();
  });

  it('passes leases on, and ends them with the link', async () => {
    uplink.start();
    await linked();
    const watch = { v: 1, leaseMs: 5000, framesPerSecondMax: 8 };
    server.send('preview.watch', watch);
    await until(() => watched.length === 1);
    server.cut();
    await until(() => watched.length === 2);
    expect(watched).toEqual([watch, null]);
  });

  it('answers a request for pictures', async () => {
    uplink.start();
    await linked();
    const trackId = uuidV7();
    const answer = await server.capture({ v: 1, trackId });
    expect(answer).toMatchObject({ ok: false, error: { code: 'capture/track-gone', message: trackId } });
  });

  it('refuses messages that do not fit their schema, and stays linked', async () => {
    uplink.start();
    await linked();
    expect(await server.capture({ v: 1, trackId: 'nobody' })).toMatchObject({
      ok: false,
      error: { code: 'message/invalid', issues: [{ path: 'trackId' }] },
    });
    server.send('preview.watch', { v: 1, leaseMs: 'long' });
    server.send('sync.changed', null);
    await until(
      () => logged.lines.filter(({ msg }) => msg === 'message does not fit its schema').length === 3,
    );
    expect(server.connections).toBe(1);
    expect(watched).toEqual([]);
  });
});
