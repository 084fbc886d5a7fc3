import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cameraSettingsSchema, doorSettingsSchema } from '@munjigi/contracts';
import { findFfmpeg } from '@munjigi/face-core';
import { MemoryDoor } from './adapters/door/memory-door';
import type { Agent } from './agent';
import { composeAgent } from './compose';
import type { AgentConfig } from './config';
import { fileCamera } from './testing/camera-settings';
import { InTestServer } from './testing/in-test-server';
import { readableLog, type LogLine } from './testing/log-lines';
import { makeVideo } from './testing/make-video';
import { QUICK_LINK, testConfig } from './testing/scripted-door';
import { ScriptedVision } from './testing/scripted-vision';
import { temporaryDirectories } from './testing/temp-directory';
import { until } from './testing/until';

const newDirectory = temporaryDirectories();
const SECRET = 'Tr0ub4dor&3';

describe('an agent’s camera settings', () => {
  let server: InTestServer;
  let agent: Agent;
  let directory: string;
  let small: string;
  let wide: string;
  let lines: LogLine[];

  const begin = async (more: Partial<AgentConfig> = {}): Promise<void> => {
    const logged = readableLog();
    ({ lines } = logged);
    const config = testConfig({ dataDirectory: directory, serverUrl: server.url, videoPath: null, ...more });
    agent = await composeAgent(config, logged.log, {
      ...{ vision: new ScriptedVision(), hardware: new MemoryDoor() },
      ...{ uplinkTimes: QUICK_LINK, cameraTimes: { trialMs: 4_000 } },
    });
    agent.start();
    await until(() => server.hellos.length === 1);
    server.send('preview.watch', { v: 1, leaseMs: 60_000, framesPerSecondMax: 10 });
  };
  const want = (camera: object | null): void => {
    const settings = doorSettingsSchema.parse({});
    const door = { id: server.doorId, name: 'Main', settings };
    server.change({
      kind: 'door.put',
      door: { ...door, camera: camera && cameraSettingsSchema.parse(camera) },
    });
  };
  const isSeen = (width: number) => until(() => server.previews.at(-1)?.width === width);
  const state = () => server.doorStates.at(-1);

  beforeAll(async () => {
    const ffmpegPath = await findFfmpeg({ configuredPath: null, searchPath: process.env.PATH ?? '' });
    const videos = newDirectory();
    small = join(videos, 'small.mp4');
    wide = join(videos, 'wide.mp4');
    await makeVideo({ ffmpegPath, path: small });
    await makeVideo({ ffmpegPath, path: wide, size: '400x240' });
  });
  beforeEach(async () => {
    directory = newDirectory();
    server = new InTestServer();
    await server.start();
  });
  afterEach(async () => {
    await agent.stop();
    await server.stop();
    expect(server.violations).toEqual([]);
  });

  it('come from the server, count at once, and are known after a restart with no server', async () => {
    await begin();
    await until(() => state()?.cameraFault === 'No camera is set for this door.');
    want(fileCamera(small));
    await isSeen(64);
    want({ ...fileCamera(wide), viewSize: '320x240', dnnResize: { width: 320, height: 320 } });
    await isSeen(320);
    expect(state()).toMatchObject({ cameraFault: null, cameraFaultKind: null });
    expect(state()?.health).toMatchObject({ eventsWaiting: 0 });
    await agent.stop();
    await server.stop();
    server = new InTestServer();
    await server.start();
    await begin();
    await isSeen(320);
  });

  it('that fail leave the last that worked in force, and say so; no password is in the log or on the disk', async () => {
    await begin();
    want(fileCamera(small));
    await isSeen(64);
    want({ source: { kind: 'rtsp', address: '127.0.0.1', port: 1, user: 'door', password: SECRET } });
    await until(() => state()?.cameraFaultKind === 'settings');
    expect(state()?.cameraFault).toMatch(
      /the last that worked are in force\. The camera at 127\.0\.0\.1:1 cannot/,
    );
    server.previews.length = 0;
    await isSeen(64);
    await agent.stop();
    const kept = ['agent.db', 'agent.db-wal'].map((name) => {
      try {
        return readFileSync(join(directory, name), 'latin1');
      } catch {
        return '';
      }
    });
    expect(kept.join('')).toContain(server.doorId);
    expect(kept.join('') + JSON.stringify(lines)).not.toContain(SECRET);
  });

  it('come from a file while the server names none, and follow it', async () => {
    const cameraFile = join(directory, 'camera.json');
    writeFileSync(cameraFile, JSON.stringify(fileCamera(small)));
    chmodSync(cameraFile, 0o600);
    await begin({ cameraFile });
    await isSeen(64);
    writeFileSync(cameraFile, `{"source": {"kind": "rtsp", "password": "${SECRET}`);
    await until(() => state()?.cameraFaultKind === 'settings');
    expect(state()?.cameraFault).toMatch(/camera\.json cannot be used: it is no JSON/);
    writeFileSync(cameraFile, JSON.stringify({ ...fileCamera(wide), framesPerSecondMax: 31 }));
    await until(() => state()?.cameraFault?.includes('framesPerSecondMax'));
    writeFileSync(cameraFile, JSON.stringify(fileCamera(wide)));
    await isSeen(400);
    want(fileCamera(small));
    await isSeen(64);
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});
