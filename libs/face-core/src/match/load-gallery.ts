import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FaceCoreError } from '../errors';
import { corrupt, decodeHeader, HEADER_BYTES, rowsStart, type GalleryHeader } from './gallery-header';
import type { RowStore, Spot } from './row-store';
import { TemplateTable } from './template-table';

/** What a file must hold to be loaded. */
export interface ExpectedGallery {
  readonly modelId: string;
  readonly dimension: number;
}

/** Read, checked and quantised in one turn of the event loop: a few milliseconds of work. */
const CHUNK_BYTES = 2 ** 20;
const IDS_PER_TURN = 2048;
/** Rows are written normalised; anything further from 1 was not written by us. */
const SQUARED_LENGTH_ERROR_MAX = 1e-3;

/**
 * Reads a gallery file, believing nothing of it before its checksum was checked.
 *
 * Rows are read straight into the memory they are searched in.
 *
 * @throws {FaceCoreError} `gallery/unreadable`, `gallery/not-a-gallery`, `gallery/truncated`, `gallery/corrupt`,
 *   `gallery/unsupported-version`, `gallery/other-model`, `gallery/wrong-dimension`, `gallery/out-of-memory`
 */
export async function loadGallery(path: string, expected: ExpectedGallery): Promise<TemplateTable> {
  const table = new TemplateTable(expected.dimension);
  try {
    const file = await open(path, 'r');
    try {
      await fill(table, file, expected);
    } finally {
      await file.close();
    }
    return table;
  } catch (error) {
    table.store.abandon();
    if (error instanceof FaceCoreError) throw error;
    const [code, message] =
      error instanceof RangeError
        ? ['gallery/out-of-memory', 'There is no memory for this gallery.']
        : ['gallery/unreadable', 'The gallery file could not be read.'];
    throw new FaceCoreError(code, message, { cause: error, logLevel: 'error' });
  }
}

async function fill(table: TemplateTable, file: FileHandle, expected: ExpectedGallery): Promise<void> {
  const { size } = await file.stat();
  const page = Buffer.alloc(Math.min(HEADER_BYTES, size));
  await readFully(file, page, 0);
  const header = decodeHeader(page, size);
  if (header.modelId !== expected.modelId) {
    const message = `A gallery of ${header.modelId} does not compare with embeddings of ${expected.modelId}.`;
    throw new FaceCoreError('gallery/other-model', message);
  }
  if (header.dimension !== expected.dimension) {
    const message = `The gallery holds ${header.dimension}-d embeddings, not ${expected.dimension}-d ones.`;
    throw new FaceCoreError('gallery/wrong-dimension', message);
  }
  await readRows(table.store, file, header);
  await readIds(table, file, header);
}

/** Gives each row its ids. */
async function readIds(table: TemplateTable, file: FileHandle, header: GalleryHeader): Promise<void> {
  const bytes = Buffer.alloc(rowsStart(header.idsBytes) - HEADER_BYTES);
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    await readFully(file, chunk, HEADER_BYTES + at);
    hash.update(chunk);
  }
  if (!hash.digest().equals(header.idsDigest)) throw corrupt('list of ids');
  let at = 0;
  const take = (length: number) => {
    if (length === 0 || at + length > header.idsBytes) throw corrupt('list of ids');
    at += length;
    return bytes.toString('utf8', at - length, at);
  };
  for (let place = 0; place < header.count; place += 1) {
    if (place % IDS_PER_TURN === IDS_PER_TURN - 1) await nextTurn();
    if (at + 4 > header.idsBytes) throw corrupt('list of ids');
    const [templateBytes, personBytes] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)];
    at += 4;
    const templateId = take(templateBytes);
    if (table.has(templateId)) throw corrupt('list of ids');
    table.adopt(templateId, take(personBytes), place);
  }
  if (at !== header.idsBytes) throw corrupt('list of ids');
}

async function readRows(store: RowStore, file: FileHandle, header: GalleryHeader): Promise<void> {
  const hash = createHash('sha256');
  const rowBytes = store.length * Float32Array.BYTES_PER_ELEMENT;
  const rowsPerChunk = Math.max(1, Math.floor(CHUNK_BYTES / rowBytes));
  let position = rowsStart(header.idsBytes);
  for (let place = 0; place < header.count;) {
    const { segment, base } = store.reach(place);
    const count = Math.min(rowsPerChunk, base + segment.capacity - place, header.count - place);
    const start = (place - base) * store.length;
    const floats = segment.floats.subarray(start, start + count * store.length);
    const chunk = new Uint8Array(floats.buffer, floats.byteOffset, floats.byteLength);
    await readFully(file, chunk, position);
    hash.update(chunk);
    seal({ segment, base }, place, count);
    position += chunk.length;
    place += count;
  }
  if (!hash.digest().equals(header.rowsDigest)) throw corrupt('embeddings');
}

function seal({ segment, base }: Spot, first: number, count: number): void {
  for (let place = first - base; place < first - base + count; place += 1) {
    // Written so that NaN is refused too.
    if (!(Math.abs(segment.squaredLength(place) - 1) < SQUARED_LENGTH_ERROR_MAX)) throw corrupt('embeddings');
    segment.seal(place);
  }
}

async function readFully(file: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) {
      throw new FaceCoreError('gallery/truncated', 'The gallery file ends too early.', { logLevel: 'error' });
    }
    done += bytesRead;
  }
}
