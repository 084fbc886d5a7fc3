import { monitorEventLoopDelay } from 'node:perf_hooks';
import { doorSettingsSchema } from '@munjigi/contracts';
import { decodeImage } from '@munjigi/face-core';
import { v7 as uuidV7 } from 'uuid';
import { MemoryDoor } from './adapters/door/memory-door';
import type { Agent } from './agent';
import { composeAgent } from './compose';
import { InTestServer } from './testing/in-test-server';
import { readableLog } from './testing/log-lines';
import { openRealMedia, type RealMedia } from './testing/real-media';
import { enrolment, QUICK_LINK, testConfig } from './testing/scripted-door';
import { temporaryDirectories } from './testing/temp-directory';
import { until } from './testing/until';

const newDirectory = temporaryDirectories();
const franckId = uuidV7();

interface RealDoor {
  readonly agent: Agent;
  readonly server: InTestServer;
  readonly hardware: MemoryDoor;
  readonly lines: ReturnType<typeof readableLog>['lines'];
  readonly directory: string;
}

describe('agents on real video with real models', () => {
  let media: RealMedia;
  const doors: RealDoor[] = [];

  const open = async (video: string, door: Partial<RealDoor> = {}): Promise<RealDoor> => {
    const directory = door.directory ?? newDirectory();
    const server = door.server ?? new InTestServer();
    if (!door.server) await server.start();
    const { log, lines } = readableLog();
    const hardware = new MemoryDoor();
    const agent = await composeAgent(
      testConfig({ dataDirectory: directory, serverUrl: server.url, videoPath: video }),
      log,
      { vision: media.sharedVision(), hardware, uplinkTimes: QUICK_LINK },
    );
    const opened = { agent, server, hardware, lines, directory };
    doors.push(opened);
    return opened;
  };
  const feed = async (server: InTestServer): Promise<void> => {
    const settings = doorSettingsSchema.parse({ unlockMs: 300, livenessMin: 0.5 });
    server.change(
      { kind: 'door.put', door: { id: server.doorId, name: 'Main', settings } },
      ...enrolment(franckId, uuidV7(), await media.franckEmbedding(), 'Franck'),
    );
  };
  const decided = ({ lines }: RealDoor) => lines.filter(({ msg }) => msg === 'access decided');

  beforeAll(async () => {
    media = await openRealMedia();
  }, 120_000);
  afterEach(async () => {
    for (const { agent, server } of doors.splice(0)) {
      await agent.stop();
      await server.stop();
      expect(server.violations).toEqual([]);
    }
  });
  afterAll(() => media.close());

  describe('with access rules', () => {
    const [siteId, scheduleId, levelId] = [uuidV7(), uuidV7(), uuidV7()];
    const allDay = [{ from: '00:00', to: '24:00' }];
    const rulesOf = ({ doorId }: InTestServer) => ({
      doors: [
        { id: doorId, unlockMs: 300, extendedUnlockMs: 600, rules: { siteId, timeZone: 'Asia/Seoul' } },
      ],
      areas: [],
      schedules: [
        {
          ...{ id: scheduleId, name: 'Always', holiday: null, holidayCalendarIds: [], exceptions: [] },
          weekly: {
            ...{ monday: allDay, tuesday: allDay, wednesday: allDay, thursday: allDay },
            ...{ friday: allDay, saturday: allDay, sunday: allDay },
          },
        },
      ],
      holidayCalendars: [],
      accessLevels: [{ id: levelId, name: 'Main', entries: [{ doorIds: [doorId], scheduleId }] }],
      groups: [],
      lockdowns: [],
      overrides: [],
    });
    const allow = (server: InTestServer) =>
      server.change({
        kind: 'person.put',
        person: { id: franckId, name: 'Franck', accessLevelIds: [levelId] },
      });
    const begin = async (): Promise<RealDoor> => {
      const door = await open(media.franckVideo);
      door.server.accessRules = true;
      await feed(door.server);
      return door;
    };
    const reasonsOf = (door: RealDoor) => decided(door).map(({ reason }) => reason);

    it('lets nobody pass before they came, and then by level', async () => {
      const door = await begin();
      door.agent.start();
      await until(() => reasonsOf(door).includes('rules-unavailable'), { timeoutMs: 60_000 });
      expect(door.hardware.moves).not.toContain('energised');
      door.server.change({ kind: 'rules.put', rules: rulesOf(door.server) });
      allow(door.server);
      await until(() => reasonsOf(door).includes('matched'), { timeoutMs: 60_000 });
      expect(door.hardware.moves).toContain('energised');
    }, 150_000);

    it.each([
      ['no-access-level', false],
      ['lockdown', true],
    ])(
      'says who was turned away, and why: %s',
      async (reason, isAllowed) => {
        const door = await begin();
        const { server } = door;
        const lockdown = {
          ...{ id: uuidV7(), scope: { kind: 'site' as const, siteId }, exemptGroupIds: [] },
          ...{ since: new Date().toISOString(), note: 'Drill' },
        };
        server.change({
          kind: 'rules.put',
          rules: { ...rulesOf(server), lockdowns: isAllowed ? [lockdown] : [] },
        });
        if (isAllowed) allow(server);
        door.agent.start();
        const event = await until(() => [...server.stored.values()][0], { timeoutMs: 60_000 });
        expect(event).toMatchObject({ outcome: 'denied', reason, personId: franckId });
        expect(door.hardware.moves).not.toContain('energised');
      },
      100_000,
    );
  });

  it('two in one process: one grants the man it knows, the other denies a stranger until he is registered', async () => {
    const first = await open(media.franckVideo);
    const second = await open(media.strangerVideo);
    await feed(first.server);
    await feed(second.server);
    second.server.send('preview.watch', { v: 1, leaseMs: 60_000, framesPerSecondMax: 5 });
    first.agent.start();
    second.agent.start();

    const granted = await until(() => [...first.server.stored.values()][0], {
      timeoutMs: 20_000,
      what: 'a grant',
    });
    expect(granted).toMatchObject({ outcome: 'granted', personId: franckId, modelId: 'mobilefacenet-192' });
    expect(granted?.liveness).toBeGreaterThan(0.5);
    expect(granted.similarity!).toBeGreaterThanOrEqual(0.6);
    await until(() => first.hardware.moves.length === 2);

    const denied = await until(() => [...second.server.stored.values()][0], {
      timeoutMs: 20_000,
      what: 'a denial',
    });
    expect(denied).toMatchObject({ outcome: 'denied', reason: 'unknown-person', personId: null });
    expect(denied.similarity!).toBeLessThan(0.6);
    expect(second.hardware.moves).toEqual([]);

    const answer = await second.server.capture({ v: 1, trackId: denied.trackId });
    if (!answer.ok) throw new Error(answer.error.message);
    const strangerId = uuidV7();
    const embedding = await media.embeddingOf(answer.captures[0]!.jpeg);
    second.server.change(...enrolment(strangerId, uuidV7(), embedding, 'Stranger'));
    const grantedNow = await until(
      () => [...second.server.stored.values()].find(({ outcome }) => outcome === 'granted'),
      { timeoutMs: 20_000, what: 'the stranger’s grant' },
    );
    expect(grantedNow).toMatchObject({ personId: strangerId, sequence: 2 });
    await until(() => second.hardware.moves.length > 0);
    expect(decided(first)).toHaveLength(1);
    expect(decided(second)).toHaveLength(2);
  }, 60_000);

  it('grants with no server at all, and tells it once there is one', async () => {
    const before = await open(media.franckVideo);
    await feed(before.server);
    before.agent.start();
    await until(() => before.server.stored.size === 1, { timeoutMs: 20_000 });
    await before.agent.stop();
    await before.server.stop();

    const door = await open(media.franckVideo, { directory: before.directory, server: before.server });
    door.agent.start();
    await until(() => door.hardware.moves.includes('energised'), {
      timeoutMs: 20_000,
      what: 'an offline grant',
    });
    const server = new InTestServer();
    await server.start(Number(new URL(before.server.url).port));
    const told = await until(() => [...server.stored.values()][0], { timeoutMs: 20_000 });
    expect(told).toMatchObject({ outcome: 'granted', personId: franckId, sequence: 2 });
    expect(server.pushes.get(told.id)).toBe(1);
    await door.agent.stop();
    await server.stop();
  }, 60_000);

  it('shows its picture with the face it knows while somebody watches, and its event loop never stalls', async () => {
    const door = await open(media.franckVideo);
    await feed(door.server);
    door.agent.start();
    await until(() => door.server.stored.size === 1, { timeoutMs: 20_000 });
    const delays = monitorEventLoopDelay({ resolution: 2 });
    delays.enable();
    door.server.send('preview.watch', { v: 1, leaseMs: 60_000, framesPerSecondMax: 5 });
    const frame = await until(
      () =>
        door.server.previews.length < 10 ? null : door.server.previews.find(({ faces }) => faces.length > 0),
      { timeoutMs: 20_000, what: 'ten pictures' },
    );
    delays.disable();
    expect(frame).toMatchObject({ width: 360, height: 288 });
    expect(frame.faces[0]).toMatchObject({ status: 'granted', person: { id: franckId, name: 'Franck' } });
    expect(await decodeImage(frame.jpeg)).toMatchObject({ width: 360, height: 288 });
    const first = Date.parse(door.server.previews[0]!.capturedAt);
    const tenth = Date.parse(door.server.previews[9]!.capturedAt);
    expect(tenth - first).toBeGreaterThan(1500);
    // Single peaks on a busy computer are the scheduler's, not ours.
    expect(delays.percentile(90) / 1e6).toBeLessThan(20);
  }, 60_000);

  it('stays up without its video, tells the server why it sees nothing, and goes on deciding nothing', async () => {
    const door = await open('/no/such/video.mp4');
    door.agent.start();
    const state = await until(() => door.server.doorStates.find(({ cameraFault }) => cameraFault !== null));
    expect(state.cameraFault).toMatch(/There is no video at \/no\/such\/video.mp4/);
    expect(decided(door)).toEqual([]);
  });
});
