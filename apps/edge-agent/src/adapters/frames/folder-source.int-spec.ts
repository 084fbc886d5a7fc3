import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cameraSettingsSchema } from '@munjigi/contracts';
import sharp from 'sharp';
import type { FrameSource } from '../../ports/frame-source';
import { CollectingSink } from '../../testing/collecting-sink';
import { readableLog } from '../../testing/log-lines';
import { temporaryDirectories } from '../../testing/temp-directory';
import { until } from '../../testing/until';
import { systemClock } from '../clock/system-clock';
import { openCamera, toolsOf } from './open-camera';

const newDirectory = temporaryDirectories();
const running: FrameSource[] = [];

const picture = (width: number, height: number, grey: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .png()
    .toBuffer();

function show(path: string, more: object = {}) {
  const sink = new CollectingSink();
  const { log, lines } = readableLog();
  const settings = cameraSettingsSchema.parse({
    source: { kind: 'folder', path, loop: false },
    framesPerSecondMax: 30,
    ...more,
  });
  const tools = toolsOf({ configuredPath: null, searchPath: '' });
  const source = openCamera(settings, {
    ...tools,
    clock: systemClock,
    log,
    retry: { baseMs: 10, capMs: 20 },
  });
  running.push(source);
  source.start(sink);
  return { sink, lines };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((source) => source.stop()));
});

describe('a folder of pictures as a camera', () => {
  it('shows each once, by name, as a scene of its own, and passes over what is no picture', async () => {
    const path = newDirectory();
    writeFileSync(join(path, 'b.PNG'), await picture(64, 32, 200));
    writeFileSync(join(path, 'a.png'), await picture(32, 64, 100));
    writeFileSync(join(path, 'c.jpg'), 'no picture at all');
    writeFileSync(join(path, 'notes.txt'), 'not looked at');
    const { sink, lines } = show(path);
    await until(() => sink.faults.length > 0);
    expect(sink.frames).toMatchObject([
      { width: 32, height: 64, scene: 1, firstPixel: [100, 100, 100] },
      { width: 64, height: 32, scene: 2, firstPixel: [200, 200, 200] },
    ]);
    expect(lines.filter(({ msg }) => msg === 'picture passed over')).toMatchObject([{ name: 'c.jpg' }]);
    expect(sink.faults).toEqual([`The folder ${path} has been shown.`]);
  });

  it('begins again, with what was added, and scales as asked', async () => {
    const path = newDirectory();
    writeFileSync(join(path, 'a.png'), await picture(640, 640, 100));
    const { sink } = show(path, {
      source: { kind: 'folder', path, loop: true },
      dnnResize: { width: 320, height: 240 },
    });
    await until(() => sink.frames.length > 2);
    expect(sink.frames[0]).toMatchObject({ width: 240, height: 240 });
    writeFileSync(join(path, 'b.png'), await picture(64, 64, 50));
    await until(() => sink.frames.some(({ width }) => width === 64));
  });

  it('says what is wrong, and shows the pictures once they are there', async () => {
    const path = join(newDirectory(), 'later');
    const { sink } = show(path);
    await until(() => sink.faults.length > 0);
    expect(sink.faults[0]).toMatch(/cannot be shown: there is none/);
    mkdirSync(path);
    await until(() => sink.faults.some((fault) => fault?.startsWith('There is no picture in')));
    writeFileSync(join(path, 'a.png'), await picture(64, 64, 50));
    await until(() => sink.frames.length > 0);
  });
});
