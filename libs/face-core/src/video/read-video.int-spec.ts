import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ffmpegPlaces } from '../config';
import { makeVideo } from '../testing/make-video';
import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { findFfmpeg } from './find-ffmpeg';
import { probeVideo } from './probe-video';
import { readVideo, type ReadVideoOptions } from './read-video';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

const NOWHERE = { configuredPath: null, searchPath: '' };

async function read(options: Omit<ReadVideoOptions, 'facts'>) {
  const facts = await probeVideo(options.ffmpegPath, options.videoPath);
  const frames: { atMs: number; width: number; height: number; red: number; bytes: number }[] = [];
  for await (const { frame, atMs } of readVideo({ ...options, facts })) {
    const { data, width, height } = frame;
    frames.push({ atMs: Math.round(atMs), width, height, red: data[0]!, bytes: data.length });
  }
  return { facts, frames };
}

/** A second of 25 frames a second whose redness grows with every frame. */
const GROWING = ['-f', 'lavfi', '-i', 'color=c=black:s=64x48:r=25:d=1'];
const REDDER = '[0:v]format=rgb24,geq=r=N*10:g=0:b=0,format=yuv420p[out]';

describe.each([
  ['the packaged ffmpeg', NOWHERE],
  ['the ffmpeg of this computer, or the packaged one', ffmpegPlaces()],
])('readVideo with %s', (_, places) => {
  let ffmpegPath: string;
  let video: string;

  beforeAll(async () => {
    ffmpegPath = await findFfmpeg(places);
    const path = join(folder.path, `growing, ${basenameOf(places)} %d.mp4`);
    video = await makeVideo({ ffmpegPath, path, inputs: GROWING, filter: REDDER });
  });

  it('gives every frame of a slow enough recording, in order, at its own time', async () => {
    const { facts, frames } = await read({ ffmpegPath, videoPath: video, framesPerSecondMax: 30 });

    expect(facts).toEqual({
      framesPerSecond: 25,
      durationMs: 1000,
      picture: { codec: 'mpeg4', width: 64, height: 48, isPlain: true },
    });
    expect(frames.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 25 }, (_, at) => at * 40));
    expect(frames.every(({ width, height, bytes }) => [width, height, bytes].join() === '64,48,9216')).toBe(
      true,
    );
    const reds = frames.map(({ red }) => red);
    expect([...reds].sort((a, b) => a - b)).toEqual(reds);
    expect(reds.at(-1)! - reds[0]!).toBeGreaterThan(200);
  });

  it('gives a faster one at the pace that was asked for', async () => {
    const { frames } = await read({ ffmpegPath, videoPath: video, framesPerSecondMax: 10 });

    expect(frames.map(({ atMs }) => atMs)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });

  it('neither repeats nor leaves out a frame of one that has no even pace', async () => {
    const path = join(folder.path, `uneven, ${basenameOf(places)}.mkv`);
    const filter = `${REDDER.replace('[out]', '')},select='not(between(n\\,5\\,14))'[out]`;
    await makeVideo({ ffmpegPath, path, inputs: GROWING, filter, output: ['-vsync', 'passthrough'] });
    const { frames } = await read({ ffmpegPath, videoPath: path, framesPerSecondMax: 60 });

    expect(frames.map(({ atMs }) => atMs)).toEqual(
      [...Array(25).keys()].filter((at) => at < 5 || at > 14).map((at) => at * 40),
    );
  });

  it('gives square pixels', async () => {
    const path = join(folder.path, `wide, ${basenameOf(places)}.mp4`);
    const filter = REDDER.replace('[out]', ',setsar=2/1[out]');
    await makeVideo({ ffmpegPath, path, inputs: GROWING, filter });
    const { frames } = await read({ ffmpegPath, videoPath: path, framesPerSecondMax: 5 });

    expect(frames[0]).toMatchObject({ width: 128, height: 48, bytes: 128 * 48 * 3 });
  });

  it('ends ffmpeg when nobody asks for more', async () => {
    const facts = { framesPerSecond: 25 };
    const reading = readVideo({ ffmpegPath, videoPath: video, facts, framesPerSecondMax: 25 });
    const first = await reading.next();
    await reading.return(undefined);

    expect(first.value).toMatchObject({ atMs: 0 });
    expect(await reading.next()).toEqual({ done: true, value: undefined });
  });

  it('says so when there is nothing to read', async () => {
    const videoPath = await folder.write('cut.mp4', (await readFile(video)).subarray(0, 2000));
    const reading = readVideo({
      ffmpegPath,
      videoPath,
      facts: { framesPerSecond: 25 },
      framesPerSecondMax: 25,
    });

    await expect(reading.next()).rejects.toMatchObject({
      code: 'video/broken',
      message: expect.stringContaining(videoPath),
    });
  });
});

describe('readVideo', () => {
  it('says so when ffmpeg gives no pictures but something else', async () => {
    const ffmpegPath = await folder.write('ffmpeg', `#!${process.execPath}\nconsole.log('no such thing');\n`);
    await chmod(ffmpegPath, 0o755);
    const facts = { framesPerSecond: null };
    const reading = readVideo({ ffmpegPath, videoPath: 'any.mp4', facts, framesPerSecondMax: 5 });

    await expect(reading.next()).rejects.toMatchObject({ code: 'video/broken' });
  });
});

function basenameOf({ searchPath }: { readonly searchPath: string }): string {
  return searchPath === '' ? 'packaged' : 'own';
}
