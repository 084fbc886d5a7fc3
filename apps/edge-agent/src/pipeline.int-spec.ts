import { createHash } from 'node:crypto';
import { doorSettingsSchema } from '@munjigi/contracts';
import { decodeImage } from '@munjigi/face-core';
import { v7 as uuidV7 } from 'uuid';
import { embeddingOf } from './testing/drafts';
import { InTestServer } from './testing/in-test-server';
import { enrolment, startScriptedDoor, type ScriptedDoor } from './testing/scripted-door';
import { temporaryDirectories } from './testing/temp-directory';
import { until } from './testing/until';

const newDirectory = temporaryDirectories();
const KIM = { seed: 1 };
const STRANGER = { seed: 7 };
const kimId = uuidV7();

describe('a door', () => {
  let server: InTestServer;
  let door: ScriptedDoor;
  const events = () => [...server.stored.values()];
  const settings = (more: object) => ({
    kind: 'door.put' as const,
    door: { id: server.doorId, name: 'Main', settings: doorSettingsSchema.parse({ unlockMs: 100, ...more }) },
  });
  const applied = (revision: number) =>
    until(() => door.lines.some((line) => line.msg === 'changes applied' && line.revision === revision));

  beforeEach(async () => {
    server = new InTestServer();
    await server.start();
    server.change(settings({}), ...enrolment(kimId, uuidV7(), embeddingOf(1)));
    door = await startScriptedDoor({ directory: newDirectory(), serverUrl: server.url });
    await applied(3);
  });
  afterEach(async () => {
    await door.agent.stop();
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it('opens for a person it knows, once a visit, and tells the server', async () => {
    await door.look([KIM], 40);
    expect(door.decided()).toEqual(['granted']);
    await until(() => door.hardware.moves.length === 2);
    await until(() => server.stored.size === 1);
    expect(door.hardware.moves).toEqual(['energised', 'released']);
    expect(events()).toMatchObject([
      {
        sequence: 1,
        outcome: 'granted',
        reason: 'matched',
        personId: kimId,
        similarityMin: 0.55,
        appliedRevision: 3,
        clockErrorMs: expect.any(Number),
      },
    ]);
    expect(events()[0]!.similarity).toBeCloseTo(1, 5);
    expect(server.doorStates.map(({ lock }) => lock)).toEqual(['locked', 'unlocked', 'locked']);
  });

  it('stays shut for a stranger, and tells the server once', async () => {
    await door.look([STRANGER], 40);
    expect(door.decided()).toEqual(['denied']);
    await until(() => server.stored.size === 1);
    expect(events()).toMatchObject([{ outcome: 'denied', reason: 'unknown-person', personId: null }]);
    expect(door.hardware.moves).toEqual([]);
  });

  it('that asks for a live face turns a picture of a person away, says so, and lets the person in', async () => {
    server.change(settings({ livenessMin: 0.8 }));
    await applied(4);
    await door.look([{ ...KIM, live: 0.3 }], 40);
    await until(() => server.stored.size === 1);
    expect(events()).toMatchObject([
      { outcome: 'denied', reason: 'not-live', personId: kimId, liveness: 0.3, appliedRevision: 4 },
    ]);
    expect(door.hardware.moves).toEqual([]);
    await door.look([], 40);
    await door.look([{ ...KIM, x: 200 }], 40);
    await until(() => server.stored.size === 2);
    expect(events()[1]).toMatchObject({ outcome: 'granted', personId: kimId, liveness: 0.95 });
  });

  it('takes a picture of whom it turns away where it is asked to, names it in the event, and hands it over', async () => {
    server.capabilities = ['event-images'];
    server.cut();
    server.change(settings({ eventPictures: 'denied' }));
    await applied(4);
    await door.look([STRANGER, { ...KIM, x: 180 }], 12);
    await until(() => server.stored.size === 2);
    expect(events().map(({ pictureHash: hash }) => hash)).toEqual([undefined, undefined]);
    await door.look([], 2);
    server.change(settings({ eventPictures: 'denied', unknownFacePictures: true }));
    await applied(5);
    await door.look([{ ...STRANGER, seed: 9, x: 90 }], 12);
    await until(() => server.images.size === 1);
    const [hash = '', jpeg = Buffer.alloc(0)] = [...server.images][0]!;
    expect(events()[2]).toMatchObject({ outcome: 'denied', pictureHash: hash });
    expect(createHash('sha256').update(jpeg).digest('base64url')).toBe(hash);
    const { width, height } = await decodeImage(jpeg);
    expect(Math.max(width, height)).toBeLessThanOrEqual(320);
  });

  it('decides each of two faces for itself', async () => {
    await door.look([KIM, { ...STRANGER, x: 180 }], 12);
    await until(() => server.stored.size === 2);
    expect(events().map(({ outcome, personId }) => [outcome, personId])).toEqual([
      ['granted', kimId],
      ['denied', null],
    ]);
  });

  it('has a grant on the disk before the relay moves', async () => {
    await server.stop();
    const seen: unknown[] = [];
    door.hardware.onMove = (position) => seen.push([position, door.outbox().map(({ outcome }) => outcome)]);
    await door.look([KIM], 5);
    await until(() => seen.length > 0);
    expect(seen[0]).toEqual(['energised', ['granted']]);
    server = new InTestServer();
    await server.start();
  });

  it('does not open while a grant cannot be written, and opens once it can', async () => {
    door.database().exec('BEGIN IMMEDIATE');
    await door.look([KIM], 5);
    expect(door.lines.map(({ msg }) => msg)).toContain('visit not recorded, door stays shut');
    expect(door.hardware.moves).toEqual([]);
    door.database().exec('COMMIT');
    await until(async () => {
      await door.look([KIM], 1);
      return server.stored.size === 1;
    });
    expect(door.hardware.moves[0]).toBe('energised');
  });

  it('lets nobody in on a full disk, says so, and loses nothing of what happened meanwhile', async () => {
    door
      .database()
      .exec(
        `CREATE TRIGGER full_disk BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk is full'); END`,
      );
    await door.look([STRANGER, KIM], 12);
    await until(() => server.doorStates.at(-1)?.disk?.level === 'full');
    expect(door.decided()).toEqual(['denied']);
    expect(door.hardware.moves).toEqual([]);
    expect(server.stored.size).toBe(0);
    door.database().exec('DROP TRIGGER full_disk');
    await until(async () => {
      await door.look([STRANGER, KIM], 1);
      return server.stored.size === 2;
    });
    expect(events().map(({ outcome, sequence }) => [outcome, sequence])).toEqual([
      ['denied', 1],
      ['granted', 2],
    ]);
    expect(door.hardware.moves[0]).toBe('energised');
  });

  it('grants somebody who is registered while standing before it', async () => {
    await door.look([STRANGER], 12);
    await until(() => server.stored.size === 1);
    const leeId = uuidV7();
    server.change(...enrolment(leeId, uuidV7(), embeddingOf(7), 'Lee'));
    await applied(5);
    await door.look([STRANGER], 4);
    await until(() => server.stored.size === 2);
    expect(events().map(({ outcome, personId }) => [outcome, personId])).toEqual([
      ['denied', null],
      ['granted', leeId],
    ]);
  });

  it('knows nobody any more who was deleted', async () => {
    server.change({ kind: 'person.delete', personId: kimId });
    await applied(4);
    await door.look([KIM], 12);
    await until(() => server.stored.size === 1);
    expect(events()).toMatchObject([{ outcome: 'denied', similarity: null }]);
    expect(door.hardware.moves).toEqual([]);
  });

  it('obeys new settings at once', async () => {
    server.change(settings({ revisitPauseMs: 0, framesToDecide: 1 }));
    await applied(4);
    await door.look([KIM], 1);
    door.source.cut();
    await door.look([KIM], 1);
    await until(() => server.stored.size === 2);
  });

  it('follows a risk with its threshold as people come and go, and tells it with every event', async () => {
    const strict = { fpirMax: 1e-4, revisitPauseMs: 0, framesToDecide: 1 };
    server.change(settings(strict));
    await applied(4);
    await door.look([KIM], 1);
    await until(() => server.stored.size === 1);
    expect(events()[0]!.similarityMin).toBeCloseTo(0.4, 9);

    const others = Array.from({ length: 9 }, (_, at) => enrolment(uuidV7(), uuidV7(), embeddingOf(20 + at)));
    server.change(...others.flat());
    await applied(22);
    door.source.cut();
    await door.look([KIM], 1);
    await until(() => server.stored.size === 2);
    expect(events()[1]!.similarityMin).toBeCloseTo(0.5, 3);

    server.change(settings({ ...strict, similarityMin: 0.35 }));
    await applied(23);
    door.source.cut();
    await door.look([KIM], 1);
    await until(() => server.stored.size === 3);
    expect(events()[2]).toMatchObject({ outcome: 'granted', similarityMin: 0.35 });
  });

  it('is stricter than its model where the risk is more than anybody can promise', async () => {
    server.change(settings({ fpirMax: 1e-9, framesToDecide: 1 }));
    await applied(4);
    await door.look([STRANGER], 12);
    await until(() => server.stored.size === 1);
    expect(events()[0]).toMatchObject({ outcome: 'denied', similarityMin: 0.6 });
    expect(door.lines.filter(({ unmet }) => unmet === 'past-data')).toHaveLength(1);
  });

  it('tells the server what its contacts say, and knows force from an exit', async () => {
    const inputs = { position: 'normally-closed' as const, rex: 'normally-open' as const };
    server.change(settings({ inputs }));
    await applied(4);
    door.hardware.contact('position', true);
    door.hardware.contact('position', false);
    const kinds = () => [...server.happened.values()].map(({ kind }) => kind);
    await until(() => kinds().includes('door-forced'));
    await until(() => server.doorStates.at(-1)?.condition?.alarm === 'door-forced-open');
    door.hardware.contact('position', true);
    await until(() => server.doorStates.at(-1)?.condition?.position === 'closed');
    door.hardware.contact('rex', true);
    await until(() => kinds().includes('rex'));
    expect(door.hardware.moves).toEqual(['energised']);
    expect(kinds()).toEqual(['door-closed', 'door-forced', 'door-closed', 'rex']);
  });

  it('unlocks for an operator, once, and writes it down', async () => {
    await until(() => server.doorStates.length > 0);
    const commandId = uuidV7();
    const expiresAt = new Date(Date.now() + 8_000).toISOString();
    const command = { v: 1, commandId, expiresAt, command: { kind: 'unlock', unlockMs: 60_000 } };
    expect(await server.command(command)).toMatchObject({ ok: true, state: 'done', unlockMs: 60_000 });
    expect(await server.command(command)).toMatchObject({ ok: true, state: 'done' });
    const late = { ...command, commandId: uuidV7(), expiresAt: new Date(Date.now() - 60_000).toISOString() };
    expect(await server.command(late)).toMatchObject({ ok: true, state: 'refused', refusal: 'late' });
    expect(await server.command({ v: 1 })).toMatchObject({ ok: false, error: { code: 'message/invalid' } });
    await until(() => server.happened.size > 0);
    expect([...server.happened.values()]).toMatchObject([{ kind: 'remote-unlock', details: { commandId } }]);
    expect(door.hardware.moves).toEqual(['energised']);
    const tell = (what: object) => server.command({ ...command, commandId: uuidV7(), command: what });
    expect(await tell({ kind: 'lock' })).toMatchObject({ state: 'done' });
    await until(() => door.hardware.moves.length === 2);
    expect(door.hardware.moves).toEqual(['energised', 'released']);
  });

  it('blinks, says how it is without saying of whom, and asks to be begun anew', async () => {
    await door.look([KIM], 5);
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const tell = (what: object) => server.command({ v: 1, commandId: uuidV7(), expiresAt, command: what });
    expect(await tell({ kind: 'identify', forMs: 1_000 })).toMatchObject({ state: 'accepted' });
    await until(() => server.reports.some(({ state }) => state === 'done'));
    expect(door.hardware.warnings.slice(0, 2)).toEqual([true, false]);
    expect(door.hardware.warnings.at(-1)).toBe(false);
    await tell({ kind: 'collect-diagnostics' });
    await until(() => server.reports.some(({ diagnostics }) => diagnostics !== null));
    const { diagnostics } = server.reports.find(({ diagnostics }) => diagnostics !== null)!;
    expect(diagnostics).toMatchObject({ templates: 1, appliedRevision: 3 });
    expect(diagnostics!.log.map(({ message }) => message)).toContain('access decided');
    for (const secret of [kimId, '김민지', server.token])
      expect(JSON.stringify(diagnostics)).not.toContain(secret);
    expect(door.agent.restartAsked.aborted).toBe(false);
    expect(await tell({ kind: 'restart' })).toMatchObject({ state: 'accepted' });
    expect(door.agent.restartAsked.aborted).toBe(true);
  });

  it('makes no second visit of a cut before the pause', async () => {
    await door.look([KIM], 5);
    door.source.cut();
    await door.look([KIM], 5);
    expect(door.decided()).toEqual(['granted']);
  });

  it('gets over a frame that fails', async () => {
    door.vision.failure = new Error('The engine stumbled.');
    await door.look([KIM], 6);
    await until(() => server.stored.size === 1);
    expect(door.lines.filter(({ msg }) => msg === 'frame failed')).toHaveLength(1);
    const faults = server.doorStates.map(({ cameraFault }) => cameraFault);
    expect(faults).toContain('Faces cannot be recognised. The engine stumbled.');
    await until(() => server.doorStates.at(-1)?.cameraFault === null);
  });

  it('tells what keeps its camera from seeing', async () => {
    door.source.fail('The cable is out.');
    await until(() => server.doorStates.at(-1)?.cameraFault === 'The cable is out.');
    door.source.fail(null);
    await until(() => server.doorStates.at(-1)?.cameraFault === null);
  });

  it('shows its picture while somebody watches, and only then', async () => {
    await door.look([KIM], 5);
    expect(server.previews).toEqual([]);
    server.send('preview.watch', { v: 1, leaseMs: 60_000, framesPerSecondMax: 30 });
    await until(async () => {
      await door.look([KIM, { ...STRANGER, x: 180 }], 1);
      return server.previews.some(({ faces }) => faces[1]?.status === 'unknown');
    });
    const frame = server.previews.at(-1)!;
    expect(frame).toMatchObject({ width: 320, height: 200 });
    expect(frame.faces[0]).toMatchObject({
      status: 'granted',
      person: { id: kimId, name: '김민지' },
      box: { x: 10, y: 10, width: 120, height: 120 },
    });
    expect(frame.faces[1]).toMatchObject({ person: null, box: { x: 180 } });
    expect(await decodeImage(frame.jpeg)).toMatchObject({ width: 320, height: 200 });

    server.send('preview.watch', { v: 1, leaseMs: 0, framesPerSecondMax: 30 });
    await server.capture({ v: 1, trackId: frame.faces[1]!.trackId });
    const { length } = server.previews;
    await door.look([KIM], 10);
    await server.capture({ v: 1, trackId: frame.faces[1]!.trackId });
    expect(server.previews.length).toBeLessThanOrEqual(length + 1);
  });

  it('gives pictures of a face it saw, with a margin around it, and none of a face it did not see', async () => {
    server.send('preview.watch', { v: 1, leaseMs: 60_000, framesPerSecondMax: 30 });
    await until(async () => {
      await door.look([STRANGER], 1);
      return server.previews.length > 3;
    });
    const answer = await server.capture({ v: 1, trackId: server.previews[0]!.faces[0]!.trackId });
    if (!answer.ok) throw new Error(answer.error.message);
    // 120 px and 0.6 of that on each side, cut off where the frame ends.
    expect(await decodeImage(answer.captures[0]!.jpeg)).toMatchObject({ width: 202, height: 200 });
    expect(await server.capture({ v: 1, trackId: uuidV7() })).toMatchObject({
      ok: false,
      error: { code: 'capture/track-gone' },
    });
  });
});
