import { createHash, randomUUID } from 'node:crypto';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { FaceCoreError } from '../errors';
import { encodeHeader, HEADER_BYTES, rowsStart, type GalleryHeader } from './gallery-header';
import { RowStore, type Row } from './row-store';

/** What is saved, and as whose. */
export interface GallerySource {
  readonly modelId: string;
  readonly dimension: number;
  readonly store: RowStore;
  /** Templates there now. */
  readonly count: number;
}

/** Filled in one turn of the event loop: a few milliseconds of work. */
const CHUNK_BYTES = 2 ** 20;
/** Two byte counts and two ids of at most 1024 UTF-16 units, 3 bytes each. */
const ID_ENTRY_BYTES_MAX = 2 * (2 + 3 * 1024);
const OWNER_ONLY = 0o600;

/**
 * Writes a gallery as it is at the moment of the call, all or nothing.
 *
 * The file appears under its name when it is complete and on the disk; what was there before stays until then. Only its
 * owner may read it. Its rows are not encrypted.
 *
 * @throws {FaceCoreError} `gallery/unwritable`
 */
export async function saveGallery(path: string, source: GallerySource): Promise<void> {
  const view = source.store.openView();
  const unfinished = `${path}.${randomUUID()}.unfinished`;
  try {
    const file = await open(unfinished, 'wx', OWNER_ONLY);
    try {
      await writeAll(file, source, view.sequence);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await unlink(unfinished).catch(() => undefined);
    throw new FaceCoreError('gallery/unwritable', 'The gallery could not be saved.', {
      cause,
      logLevel: 'error',
    });
  } finally {
    view.close();
  }
}

async function writeAll(file: FileHandle, source: GallerySource, sequence: number): Promise<void> {
  const rows = () => rowsAt(source.store, sequence);
  const ids = new ChunkWriter(file, HEADER_BYTES);
  for (const row of rows()) {
    if (ids.room < ID_ENTRY_BYTES_MAX) await ids.flush();
    ids.entry(row.templateId, row.personId);
  }
  await ids.flush();
  const idsBytes = ids.position - HEADER_BYTES;
  await ids.zeros(rowsStart(idsBytes) - ids.position);
  const numbers = new ChunkWriter(file, ids.position);
  for (const row of rows()) {
    const { segment, base } = source.store.spot(row.place);
    const floats = segment.row(row.place - base);
    if (numbers.room < floats.byteLength) await numbers.flush();
    numbers.bytes(floats);
  }
  await numbers.flush();
  const header: GalleryHeader = {
    modelId: source.modelId,
    dimension: source.dimension,
    count: source.count,
    idsBytes,
    idsDigest: ids.digest(),
    rowsDigest: numbers.digest(),
  };
  const page = encodeHeader(header);
  await file.write(page, 0, page.length, 0);
}

/** The rows of a sequence, in the order of their places, which stays while a view of it is open. */
function* rowsAt(store: RowStore, sequence: number): Generator<Row> {
  // By index: rows that come while this is suspended are no part of it.
  const end = store.rows.length;
  for (let place = 0; place < end; place += 1) {
    const row = store.rows[place];
    if (row && RowStore.isThere(row, sequence)) yield row;
  }
}

/** Gathers bytes, writes them one chunk after the other and hashes them on the way. */
class ChunkWriter {
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);
  readonly #hash = createHash('sha256');
  #used = 0;

  constructor(
    readonly file: FileHandle,
    /** Where in the file the next chunk goes. */
    public position: number,
  ) {}

  get room(): number {
    return CHUNK_BYTES - this.#used;
  }

  entry(templateId: string, personId: string): void {
    const start = this.#used;
    const templateBytes = this.#chunk.write(templateId, start + 4);
    const personBytes = this.#chunk.write(personId, start + 4 + templateBytes);
    this.#chunk.writeUInt16LE(templateBytes, start);
    this.#chunk.writeUInt16LE(personBytes, start + 2);
    this.#used += 4 + templateBytes + personBytes;
  }

  bytes(view: Float32Array): void {
    this.#chunk.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), this.#used);
    this.#used += view.byteLength;
  }

  /** Appends zeros, fewer than a chunk, to what was flushed. */
  async zeros(count: number): Promise<void> {
    this.#chunk.fill(0, 0, count);
    this.#used = count;
    await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = this.#chunk.subarray(0, this.#used);
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await this.file.write(bytes, done, bytes.length - done, this.position);
      done += bytesWritten;
      this.position += bytesWritten;
    }
    this.#used = 0;
    await nextTurn();
  }

  /** Hash of all that was flushed; the chunk, which held templates, is overwritten. */
  digest(): Buffer {
    this.#chunk.fill(0);
    return this.#hash.digest();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
