import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gallery } from './gallery';
import { encodeHeader, HEADER_BYTES, rowsStart } from './gallery-header';
import { randomEmbedding } from './testing/embeddings';

const EXPECTED = { modelId: 'model-a', dimension: 20 };
const ROW_BYTES = 32 * 4;
const PROBES = Array.from({ length: 10 }, (_, seed) => randomEmbedding(seed, 20));

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gallery-'));
  path = join(folder, 'people.gallery');
});

afterEach(() => rm(folder, { recursive: true }));

function filled(count: number): Gallery {
  const gallery = new Gallery(EXPECTED);
  for (let i = 0; i < count; i += 1) {
    const [templateId, personId] = [`template-${i}`, `사람 ${i % 7} 😀`];
    gallery.put({ templateId, personId, modelId: 'model-a', embedding: randomEmbedding(i, 20) });
  }
  return gallery;
}

function answersOf(gallery: Gallery) {
  return PROBES.map((probe) => gallery.search(probe));
}

async function codeOf(loading: Promise<unknown>): Promise<string> {
  try {
    await loading;
    return 'loaded';
  } catch (error) {
    expect(error).toMatchObject({ name: 'FaceCoreError' });
    return (error as { code: string }).code;
  }
}

/** A file whose checksums are right, whatever it says. */
async function forge(
  entries: [string, string][],
  rows: Float32Array,
  extra = Buffer.alloc(0),
): Promise<void> {
  const ids = Buffer.concat([
    ...entries.map(([templateId, personId]) => {
      const counts = Buffer.alloc(4);
      counts.writeUInt16LE(Buffer.byteLength(templateId), 0);
      counts.writeUInt16LE(Buffer.byteLength(personId), 2);
      return Buffer.concat([counts, Buffer.from(templateId + personId)]);
    }),
    extra,
  ]);
  const gap = Buffer.alloc(rowsStart(ids.length) - HEADER_BYTES - ids.length);
  const digest = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const bytes = Buffer.from(rows.buffer);
  const header = encodeHeader({
    ...EXPECTED,
    count: entries.length,
    idsBytes: ids.length,
    idsDigest: digest(ids, gap),
    rowsDigest: digest(bytes),
  });
  await writeFile(path, Buffer.concat([header, ids, gap, bytes]));
}

/** Rows as a file holds them, of length 1. */
function rowsOf(count: number): Float32Array {
  const rows = new Float32Array((count * ROW_BYTES) / 4);
  for (let row = 0; row < count; row += 1) rows[(row * ROW_BYTES) / 4] = 1;
  return rows;
}

describe('Gallery.save and Gallery.load', () => {
  it.each([0, 1, 300, 9000])('give back the same gallery, of %i templates', async (count) => {
    const gallery = filled(count);
    gallery.remove('template-5');
    await gallery.save(path);
    const loaded = await Gallery.load(path, EXPECTED);
    expect(loaded.size).toBe(gallery.size);
    expect(answersOf(loaded)).toEqual(answersOf(gallery));
    expect(loaded.removePerson('사람 3 😀')).toBe(gallery.removePerson('사람 3 😀'));
    expect(loaded.remove('template-1')).toBe(gallery.remove('template-1'));
    expect(answersOf(loaded)).toEqual(answersOf(gallery));
  });

  it('write rows at a whole page, and for the owner only', async () => {
    await filled(300).save(path);
    const { size, mode } = await stat(path);
    const rowsAt = (await readFile(path)).readBigUInt64LE(40);
    expect(rowsAt % 4096n).toBe(0n);
    expect(size - Number(rowsAt)).toBe(300 * ROW_BYTES);
    expect(mode & 0o777).toBe(0o600);
  });

  it('save the gallery as it is at the call, whatever changes meanwhile', async () => {
    const gallery = filled(5000);
    const before = answersOf(gallery);
    const saving = gallery.save(path);
    let isSaving = true;
    const saved = saving.finally(() => (isSaving = false));
    for (let i = 0; isSaving; i += 1) {
      gallery.remove(`template-${i}`);
      const embedding = PROBES[i % 10] as Float32Array;
      gallery.put({ templateId: `new-${i}`, personId: 'new', modelId: 'model-a', embedding });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await saved;
    expect(gallery.has('new-2')).toBe(true);
    const loaded = await Gallery.load(path, EXPECTED);
    expect(loaded.size).toBe(5000);
    expect(answersOf(loaded)).toEqual(before);
  });

  it('replace a file as a whole, and leave nothing beside it', async () => {
    await filled(10).save(path);
    await Promise.all([filled(20).save(path), filled(20).save(path)]);
    expect((await Gallery.load(path, EXPECTED)).size).toBe(20);
    expect(await readdir(folder)).toEqual(['people.gallery']);
  });

  it('leave what was there when saving fails', async () => {
    await filled(10).save(path);
    expect(await codeOf(filled(20).save(join(path, 'below-a-file')))).toBe('gallery/unwritable');
    // A folder cannot be replaced by a file: all succeeds but the last step.
    const taken = join(folder, 'taken');
    await mkdir(taken);
    expect(await codeOf(filled(20).save(taken))).toBe('gallery/unwritable');
    expect((await readdir(folder)).sort()).toEqual(['people.gallery', 'taken']);
    expect((await Gallery.load(path, EXPECTED)).size).toBe(10);
  });
});

describe('Gallery.load and bad files', () => {
  it('refuses a file that ends early, wherever', async () => {
    await filled(40).save(path);
    const whole = await readFile(path);
    for (const bytes of [0, 1, 7, 8, 100, 4095, 4096, 5000, 8191, 8192, 8200, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, bytes));
      expect([bytes, await codeOf(Gallery.load(path, EXPECTED))]).toEqual([bytes, 'gallery/truncated']);
    }
  });

  it('refuses a file with bytes after its end', async () => {
    await filled(40).save(path);
    await writeFile(path, Buffer.concat([await readFile(path), Buffer.alloc(1)]));
    expect(await codeOf(Gallery.load(path, EXPECTED))).toBe('gallery/corrupt');
  });

  it('refuses a file with any one bit flipped', async () => {
    await filled(6).save(path);
    const whole = await readFile(path);
    // Every byte that says something, and every 97th of the gaps; another bit each time.
    for (let at = 0; at < whole.length; at += 1) {
      if (whole[at] === 0 && at % 97 !== 0) continue;
      const damaged = Buffer.from(whole);
      damaged.writeUInt8(damaged.readUInt8(at) ^ (1 << (at % 8)), at);
      await writeFile(path, damaged);
      const expected = at < 8 ? 'gallery/not-a-gallery' : 'gallery/corrupt';
      expect([at, await codeOf(Gallery.load(path, EXPECTED))]).toEqual([at, expected]);
    }
  });

  it('refuses the gallery of another model or dimension', async () => {
    await filled(3).save(path);
    const load = (expected: Partial<typeof EXPECTED>) => Gallery.load(path, { ...EXPECTED, ...expected });
    expect(await codeOf(load({ modelId: 'model-b' }))).toBe('gallery/other-model');
    expect(await codeOf(load({ dimension: 24 }))).toBe('gallery/wrong-dimension');
    expect(await codeOf(load({ dimension: 0 }))).toBe('gallery/invalid');
  });

  it('refuses what is no gallery, or cannot be read', async () => {
    await writeFile(path, Buffer.alloc(10_000, 'no gallery'));
    expect(await codeOf(Gallery.load(path, EXPECTED))).toBe('gallery/not-a-gallery');
    expect(await codeOf(Gallery.load(folder, EXPECTED))).toMatch(/^gallery\/(unreadable|not-a-gallery)$/);
    expect(await codeOf(Gallery.load(join(folder, 'missing'), EXPECTED))).toBe('gallery/unreadable');
  });

  it('refuses a later version by name', async () => {
    await forge([['t', 'p']], rowsOf(1));
    const bytes = await readFile(path);
    bytes.writeUInt32LE(2, 8);
    createHash('sha256').update(bytes.subarray(0, 4064)).digest().copy(bytes, 4064);
    await writeFile(path, bytes);
    expect(await codeOf(Gallery.load(path, EXPECTED))).toBe('gallery/unsupported-version');
  });

  it('refuses contents that make no sense although their checksums match', async () => {
    const load = () => codeOf(Gallery.load(path, EXPECTED));
    const twice = (second: string): [string, string][] => [
      ['t', 'p'],
      [second, 'q'],
    ];
    await forge(twice('u'), rowsOf(2));
    expect(await load()).toBe('loaded');
    await forge(twice('t'), rowsOf(2));
    expect(await load()).toBe('gallery/corrupt');
    await forge([['', 'p']], rowsOf(1));
    expect(await load()).toBe('gallery/corrupt');
    await forge([['t', 'p']], rowsOf(1), Buffer.from([0]));
    expect(await load()).toBe('gallery/corrupt');
    for (const value of [0, 2, NaN, Infinity]) {
      await forge([['t', 'p']], rowsOf(1).fill(value, 0, 1));
      expect([value, await load()]).toEqual([value, 'gallery/corrupt']);
    }
  });
});
