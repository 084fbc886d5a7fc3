import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFfmpeg, type FfmpegPlaces } from '@munjigi/face-core';
import { CollectingSink } from '../../testing/collecting-sink';
import { readableLog } from '../../testing/log-lines';
import { makeSound, makeVideo } from '../../testing/make-video';
import { processesOf } from '../../testing/processes-of';
import { temporaryDirectories } from '../../testing/temp-directory';
import { until } from '../../testing/until';
import { systemClock } from '../clock/system-clock';
import type { FrameSource } from '../../ports/frame-source';
import { fileCamera } from '../../testing/camera-settings';
import { openCamera, toolsOf, type CameraTools } from './open-camera';

const newDirectory = temporaryDirectories();
const NOWHERE = { configuredPath: null, searchPath: '' };
const running: FrameSource[] = [];

interface Playing extends Partial<Pick<CameraTools, 'stallMs'>> {
  readonly loop?: boolean;
  readonly framesPerSecondMax?: number;
  readonly ffmpeg?: FfmpegPlaces;
}

function play(
  videoPath: string,
  { loop = false, framesPerSecondMax = 30, ffmpeg = NOWHERE, stallMs }: Playing = {},
) {
  const sink = new CollectingSink();
  const { log, lines } = readableLog();
  const source = openCamera(fileCamera(videoPath, { loop, framesPerSecondMax }), {
    ...{ ...toolsOf(ffmpeg), clock: systemClock, log, stallMs },
    retry: { baseMs: 20, capMs: 40 },
  });
  running.push(source);
  source.start(sink);
  return { sink, source, lines };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((source) => source.stop()));
});

const kinds = [
  ['the packaged ffmpeg', NOWHERE],
  [
    'the ffmpeg of this computer, or the packaged one',
    { configuredPath: null, searchPath: process.env.PATH ?? '' },
  ],
] as const;

describe.each(kinds)('a video as a camera with %s', (_, ffmpeg) => {
  let directory: string;
  let video: string;
  let ffmpegPath: string;

  beforeAll(async () => {
    directory = newDirectory();
    video = join(directory, 'a video, with an odd name %d.mp4');
    ffmpegPath = await findFfmpeg(ffmpeg);
    await makeVideo({ ffmpegPath, path: video, seconds: 1 });
  });

  it('gives every frame once, in order, at the pace of the video, and then says that it ended', async () => {
    const { sink } = play(video, { ffmpeg });
    await until(() => sink.faults.at(-1) === `The video ${video} has ended.`);
    expect(sink.frames.map(({ frameNumber }) => frameNumber)).toEqual(
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
    expect(
      sink.frames.every(({ width, height, scene }) => width === 64 && height === 48 && scene === 1),
    ).toBe(true);
    const lastedMs = sink.frames.at(-1)!.capturedAtMs - sink.frames[0]!.capturedAtMs;
    expect(lastedMs).toBeGreaterThan(700);
    expect(sink.faults).toHaveLength(1);
  });

  it('gives no more frames a second than asked', async () => {
    const { sink } = play(video, { ffmpeg, framesPerSecondMax: 5 });
    await until(() => sink.faults.length > 0);
    expect(sink.frames.length).toBeGreaterThanOrEqual(5);
    expect(sink.frames.length).toBeLessThanOrEqual(6);
  });

  it('does not invent frames of a slower video', async () => {
    const path = join(directory, 'slow.mp4');
    await makeVideo({ ffmpegPath, path, framesPerSecond: 4 });
    const { sink } = play(path, { ffmpeg, framesPerSecondMax: 30 });
    await until(() => sink.faults.length > 0);
    expect(sink.frames).toHaveLength(4);
  });

  it('gives square pixels', async () => {
    const path = join(directory, 'wide.mp4');
    await makeVideo({ ffmpegPath, path, pixelAspect: '2/1', seconds: 0.2 });
    const { sink } = play(path, { ffmpeg });
    await until(() => sink.faults.length > 0);
    expect(sink.frames[0]).toMatchObject({ width: 128, height: 48 });
  });

  it('begins a looped video again as a new scene, from the same first frame', async () => {
    const path = join(directory, 'short.mp4');
    await makeVideo({ ffmpegPath, path, seconds: 0.2 });
    const { sink } = play(path, { ffmpeg, loop: true });
    await until(() => sink.frames.length >= 12);
    expect(sink.frames.slice(0, 12).map(({ scene }) => scene)).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3]);
    expect(sink.frames[5]!.firstPixel).toEqual(sink.frames[0]!.firstPixel);
    expect(sink.faults).toEqual([]);
  });

  it('leaves no process behind when it is stopped', async () => {
    const { sink, source } = play(video, { ffmpeg, loop: true });
    await until(() => sink.frames.length > 3);
    expect(processesOf(video)).toBe(1);
    await source.stop();
    expect(processesOf(video)).toBe(0);
  });

  it.each([
    ['is missing', (path: string) => rmSync(path, { force: true }), /There is no video at .*bad-video/],
    ['is empty', (path: string) => writeFileSync(path, ''), /bad-video.* is empty/],
    [
      'is no video',
      (path: string) => writeFileSync(path, 'text '.repeat(1000)),
      /bad-video.* is not a video/,
    ],
  ])(
    'stays up, says what is wrong with a video that %s, and plays it once it is right',
    async (_, spoil, message) => {
      const path = join(directory, 'bad-video.mp4');
      spoil(path);
      const { sink, lines } = play(path, { ffmpeg });
      await until(() => sink.faults.length === 1);
      expect(sink.faults[0]).toMatch(message);
      expect(lines.filter(({ msg }) => msg === 'camera fault')).toHaveLength(1);
      const right = join(directory, 'right.mp4');
      await makeVideo({ ffmpegPath, path: right, seconds: 0.2 });
      renameSync(right, path);
      await until(() => sink.frames.length > 0);
      expect(sink.faults.slice(0, 2)).toEqual([sink.faults[0], null]);
    },
  );

  it('says what is wrong with a sound file, a folder, and a video cut off in its middle', async () => {
    const sound = join(directory, 'sound.mp4');
    await makeSound(ffmpegPath, sound);
    const cut = join(directory, 'cut.mp4');
    writeFileSync(cut, readFileSync(video).subarray(0, 2000));
    for (const [path, message] of [
      [sound, /no picture/],
      [directory, /is a folder/],
      [cut, /not a video that can be played/],
    ] as const) {
      const { sink } = play(path, { ffmpeg });
      await until(() => sink.faults.length === 1);
      expect(sink.faults[0]).toMatch(message);
    }
  });
});

describe('a video as a camera', () => {
  it('says so when there is no ffmpeg, and goes on trying', async () => {
    const ffmpeg = { configuredPath: '/no/such/ffmpeg', searchPath: '' };
    const { sink } = play('/some/video.mp4', { ffmpeg });
    await until(() => sink.faults.length === 1);
    expect(sink.faults[0]).toMatch(/FFMPEG_PATH/);
  });

  it('ends a video that stalls, and tries again', async () => {
    const directory = newDirectory();
    const fake = join(directory, 'ffmpeg');
    // Knows the video when asked, and then never gives a picture.
    writeFileSync(
      fake,
      `#!${process.execPath}
if (process.argv.includes('pipe:1')) setInterval(() => process.stderr.write('x'.repeat(70000)), 5);
else console.error('Input #0\\n Stream #0:0: Video: h264, 64x48, 25 fps');`,
    );
    chmodSync(fake, 0o755);
    const video = join(directory, 'video.mp4');
    writeFileSync(video, 'anything');
    const { sink, source } = play(video, {
      ffmpeg: { configuredPath: fake, searchPath: '' },
      stallMs: { first: 100, next: 100 },
    });
    await until(() => sink.faults.length === 1);
    expect(sink.faults[0]).toBe(`The video ${video} has stalled.`);
    await source.stop();
    expect(processesOf(video)).toBe(0);
  });
});
