import { cameraSettingsSchema } from '@munjigi/contracts';
import { findFfmpeg } from '@munjigi/face-core';
import type { FrameSource } from '../../ports/frame-source';
import { CollectingSink } from '../../testing/collecting-sink';
import { readableLog } from '../../testing/log-lines';
import { processesSay } from '../../testing/processes-say';
import { RtspCamera } from '../../testing/rtsp-camera';
import { until } from '../../testing/until';
import { systemClock } from '../clock/system-clock';
import { openCamera, toolsOf } from './open-camera';

const PLACES = { configuredPath: null, searchPath: process.env.PATH ?? '' };
const AUTH = { user: 'gatekeeper', password: 'Tr0ub4dor&3 "x\\' };

let camera: RtspCamera;
const running: FrameSource[] = [];
const tools = toolsOf(PLACES);

function look(source: object = {}) {
  const { port } = camera;
  const sink = new CollectingSink();
  const { log, lines } = readableLog('trace');
  const settings = cameraSettingsSchema.parse({
    source: { kind: 'rtsp', address: '127.0.0.1', port, path: 'live', ...source },
    dnnResize: { width: 160, height: 160 },
  });
  const quick = { clock: systemClock, log, retry: { baseMs: 50, capMs: 100 } };
  const opened = openCamera(settings, { ...tools, ...quick });
  running.push(opened);
  opened.start(sink);
  return { sink, lines };
}

beforeAll(async () => {
  camera = await RtspCamera.start(await findFfmpeg(PLACES));
});
beforeEach(() => {
  camera.auth = null;
  camera.requests = [];
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((source) => source.stop()));
});
afterAll(() => camera.stop());

describe('a network camera', () => {
  it.each([
    ['tcp', 'digest-qop'],
    ['udp', 'digest'],
  ] as const)('is seen over %s, asked by %s, and nobody else learns who asks', async (transport, scheme) => {
    camera.auth = { ...AUTH, scheme };
    const { sink, lines } = look({ ...AUTH, transport });
    await until(() => sink.frames.length > 5);
    expect(sink.frames[0]).toMatchObject({ width: 160, height: 120, scene: 1 });
    expect(sink.faults).toEqual([]);
    const asked = camera.requests.map(({ start }) => start);
    expect(asked).toContain(`PLAY rtsp://127.0.0.1:${camera.port}/live RTSP/1.0`);
    const said = processesSay();
    expect(said).toContain(`rtsp_transport\0${transport}`);
    const told = said + JSON.stringify(lines);
    for (const secret of [
      AUTH.password,
      AUTH.user,
      'Tr0ub4dor',
      Buffer.from(AUTH.password).toString('base64'),
    ]) {
      expect(told).not.toContain(secret);
    }
  });

  it('that falls silent is noticed, tried again, and seen again as another scene', async () => {
    const { sink } = look();
    await until(() => sink.frames.length > 0);
    camera.isSilent = true;
    await until(() => sink.faults.length > 0);
    expect(sink.kinds).toEqual(['no-picture']);
    expect(sink.faults[0]).toBe(`The camera at 127.0.0.1:${camera.port} has stalled.`);
    await camera.cut();
    await until(() => sink.faults.length > 1);
    expect(sink.faults[1]).toMatch(/cannot be reached: it refuses connections/);
    const before = sink.frames.length;
    camera.isSilent = false;
    await camera.listen();
    await until(() => sink.frames.length > before);
    expect(sink.faults.at(-1)).toBeNull();
    expect(sink.frames.at(-1)!.scene).toBeGreaterThan(1);
  });

  it('that shows the same picture for ever is noticed, no frame of it is passed on, and it heals', async () => {
    const { sink } = look();
    await until(() => sink.frames.length > 0);
    camera.scene = 'frozen';
    await until(() => sink.faults.length > 0);
    expect(sink.kinds).toEqual(['frozen']);
    const before = sink.frames.length;
    camera.scene = 'live';
    await until(() => sink.kinds.length > 1);
    // The one that is right again may have followed.
    expect(sink.frames.length - before).toBeLessThanOrEqual(1);
    expect(sink.kinds).toEqual(['frozen', null]);
  });

  it.each([
    ['a wrong password', { ...AUTH, password: 'guess-work' }, 'refused', /refuses this user or password/],
    ['no user', {}, 'refused', /asks for a user and a password/],
    ['a path that it has not', { ...AUTH, path: 'nowhere' }, 'no-picture', /has no stream at \/nowhere/],
  ] as const)('says what is wrong with %s', async (_, source, kind, message) => {
    camera.auth = AUTH;
    const { sink, lines } = look(source);
    await until(() => sink.faults.length > 0);
    expect(sink.kinds).toEqual([kind]);
    expect(sink.faults[0]).toMatch(message);
    expect(JSON.stringify(lines)).not.toContain('guess-work');
  });
});
