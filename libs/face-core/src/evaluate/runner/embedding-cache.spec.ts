import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { EmbeddingCache } from './embedding-cache';
import type { FaceOutcome } from './face-outcome';

const CONFIGURATION = { modelId: 'model-4', fingerprint: 'f'.repeat(64), dimension: 4 };
const KEYS = ['a', 'b', 'c'].map((letter) => letter.repeat(64)) as [string, string, string];
const face = (first: number): FaceOutcome => ({
  kind: 'face',
  embedding: Float32Array.of(first, 0.1, -0.2, 0.3),
  landmarks: Array.from({ length: 5 }, (_, at) => ({ x: at + 0.5, y: at + first })),
});

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  const cache = EmbeddingCache.open(folder.path, CONFIGURATION);
  cache.put(KEYS[0], face(0.5));
  cache.put(KEYS[1], { kind: 'no-face' });
  cache.put(KEYS[2], face(0.25));
  cache.close();
});

afterEach(() => folder.remove());

async function cachePath(): Promise<string> {
  const [name] = await readdir(folder.path);
  return join(folder.path, name as string);
}

function reopened(configuration = CONFIGURATION): (FaceOutcome | undefined)[] {
  const cache = EmbeddingCache.open(folder.path, configuration);
  cache.close();
  return KEYS.map((key) => cache.get(key));
}

describe('EmbeddingCache', () => {
  it('gives back bit for bit what an earlier run kept', () => {
    expect(reopened()).toEqual([face(0.5), { kind: 'no-face' }, face(0.25)]);
  });

  it('is for its owner alone', async () => {
    expect((await stat(await cachePath())).mode & 0o077).toBe(0);
  });

  it('goes on after a write that was cut short', async () => {
    const path = await cachePath();
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 5));

    expect(reopened()).toEqual([face(0.5), { kind: 'no-face' }, undefined]);
    const cache = EmbeddingCache.open(folder.path, CONFIGURATION);
    cache.put(KEYS[2], face(0.75));
    cache.close();
    expect(reopened()).toEqual([face(0.5), { kind: 'no-face' }, face(0.75)]);
  });

  it('leaves out a record with a flipped bit, and keeps those after it', async () => {
    const path = await cachePath();
    const bytes = await readFile(path);
    bytes[60] = (bytes[60] as number) ^ 1;
    await writeFile(path, bytes);

    expect(reopened()).toEqual([undefined, { kind: 'no-face' }, face(0.25)]);
  });

  it('keeps another configuration of a model apart', () => {
    expect(reopened({ ...CONFIGURATION, fingerprint: 'e'.repeat(64) })).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
