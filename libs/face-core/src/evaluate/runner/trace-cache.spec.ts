import { appendFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { framesOf, passes, refused } from '../testing/made-traces';
import { TraceCache } from './trace-cache';

const OF = { modelId: 'model', fingerprint: 'f'.repeat(64) };
const [A, B] = ['a', 'b'].map((letter) => letter.repeat(64)) as [string, string];
const trace = {
  frames: framesOf('.-#'),
  decisions: [passes('김민지', 200), refused('kim', 300, { similarity: null })],
};
const empty = { frames: [], decisions: [] };

let folder: TemporaryFolder;
let path: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  const cache = TraceCache.open(folder.path, OF);
  cache.put(A, trace);
  cache.put(B, empty);
  cache.close();
  path = join(folder.path, (await readdir(folder.path))[0] as string);
});

afterEach(() => folder.remove());

function reopened(of = OF) {
  const cache = TraceCache.open(folder.path, of);
  const found = [cache.get(A), cache.get(B)];
  cache.close();
  return found;
}

describe('TraceCache', () => {
  it('gives back what an earlier run kept', () => {
    expect(reopened()).toEqual([trace, empty]);
  });

  it('is for its owner alone', async () => {
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('goes on after a write that was cut short', async () => {
    await appendFile(path, '{"key":"cut short, 김');
    expect(reopened()).toEqual([trace, empty]);

    const cache = TraceCache.open(folder.path, OF);
    cache.put('c', empty);
    cache.close();
    expect((await readFile(path, 'utf8')).split('\n').filter(Boolean)).toHaveLength(3);
    expect(reopened()).toEqual([trace, empty]);
  });

  it('leaves out a damaged line, and keeps the others', async () => {
    const [first, ...others] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, [first?.replace('"atMs":200', '"atMs":"soon"'), ...others].join('\n'));

    expect(reopened()).toEqual([undefined, empty]);
  });

  it('keeps other configurations apart', () => {
    expect(reopened({ ...OF, fingerprint: 'e'.repeat(64) })).toEqual([undefined, undefined]);
  });
});
