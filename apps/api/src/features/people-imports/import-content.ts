import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { KeyRing } from '../../platform/crypto/key-ring';
import { unwrapAll, wrappingKey } from '../../platform/crypto/master-keys';
import { SecretBox } from '../../platform/crypto/secret-box';
import { AppError } from '../../platform/errors/app-error';
import { ImportChunk, ImportFile, PeopleImport } from './people-import.entities';

const CHUNK_BYTES = 1024 * 1024;
const KEY_BYTES = 32;
const CHUNKS_KEPT = 4;

/** Uploaded files of one import, to be read at any place. */
export interface OpenContent {
  readonly files: readonly ImportFile[];
  /** Bytes of a file from `start` to before `end`. */
  read(file: ImportFile, start: number, end: number): Promise<Buffer>;
}

/** Keeps uploads in the database, where every process finds them: in chunks, sealed with a key of each import. */
@Injectable()
export class ImportContent {
  constructor(
    private readonly dataSource: DataSource,
    private readonly ring: KeyRing,
  ) {}

  /** Makes a key. @returns what the import's row keeps of it, and the box */
  async begin(
    manager: EntityManager,
    importId: string,
  ): Promise<{ masterKeyId: string; wrappedKey: Buffer; box: SecretBox }> {
    const key = randomBytes(KEY_BYTES);
    const master = await wrappingKey(manager, this.ring);
    const [wrapped] = await master.wrap([{ context: importKeyContext(importId), key }]);
    return {
      masterKeyId: master.id,
      wrappedKey: Buffer.from(wrapped as Uint8Array),
      box: new SecretBox(key),
    };
  }

  /** Stores a file while it comes, never more than a chunk of it in memory. @returns its size in bytes */
  async store(
    stream: AsyncIterable<Buffer>,
    file: { importId: string; number: number; name: string; box: SecretBox },
  ): Promise<number> {
    const { importId, number, name, box } = file;
    let [waiting, waitingBytes, chunks, sizeBytes]: [Buffer[], number, number, number] = [[], 0, 0, 0];
    const flush = async () => {
      const bytes = Buffer.concat(waiting);
      const chunk = {
        importId,
        fileNumber: number,
        number: chunks,
        sealed: box.seal(bytes, chunkContext(file, chunks)),
      };
      await this.dataSource.manager.insert(ImportChunk, chunk);
      [waiting, waitingBytes, chunks] = [[], 0, chunks + 1];
    };
    for await (const piece of stream) {
      sizeBytes += piece.length;
      for (let start = 0; start < piece.length;) {
        const part = piece.subarray(start, start + CHUNK_BYTES - waitingBytes);
        waiting.push(part);
        waitingBytes += part.length;
        start += part.length;
        if (waitingBytes === CHUNK_BYTES) await flush();
      }
    }
    if (waitingBytes > 0) await flush();
    await this.dataSource.manager.insert(ImportFile, { importId, number, name, sizeBytes });
    return sizeBytes;
  }

  /** @throws {AppError} `imports/content-gone` once the import is done */
  async open({ id, masterKeyId, wrappedKey }: PeopleImport): Promise<OpenContent> {
    if (!wrappedKey) {
      throw new AppError('conflict', 'imports/content-gone', 'What was uploaded is not kept any more.', {
        detail: 'Upload it again.',
      });
    }
    const kept = { masterKeyId, wrapped: wrappedKey, context: importKeyContext(id) };
    const [key] = await unwrapAll(this.ring, [kept]);
    const box = new SecretBox(key as Uint8Array);
    const files = await this.dataSource.manager.find(ImportFile, {
      where: { importId: id },
      order: { number: 'ASC' },
    });
    const chunks = new ChunkCache((file, number) => this.chunk(file, box, number));
    return { files, read: (file, start, end) => readRange(file, chunks, { start, end }) };
  }

  /** Deletes what was uploaded, and its key. */
  async forget(manager: EntityManager, importId: string): Promise<void> {
    await manager.delete(ImportChunk, { importId });
    await manager.update(PeopleImport, { id: importId }, { wrappedKey: null });
  }

  private async chunk(file: ImportFile, box: SecretBox, number: number): Promise<Uint8Array> {
    const { importId, number: fileNumber } = file;
    const { sealed } = await this.dataSource.manager.findOneByOrFail(ImportChunk, {
      importId,
      fileNumber,
      number,
    });
    return box.open(sealed, chunkContext(file, number));
  }
}

/** The last chunks that were read: an archive is read in small steps. */
class ChunkCache {
  private readonly kept = new Map<string, Uint8Array>();

  constructor(private readonly load: (file: ImportFile, number: number) => Promise<Uint8Array>) {}

  async get(file: ImportFile, number: number): Promise<Uint8Array> {
    const key = `${file.number}/${number}`;
    const chunk = this.kept.get(key) ?? (await this.load(file, number));
    this.kept.delete(key);
    this.kept.set(key, chunk);
    const [oldest] = this.kept.keys();
    if (this.kept.size > CHUNKS_KEPT && oldest !== undefined) this.kept.delete(oldest);
    return chunk;
  }
}

async function readRange(
  file: ImportFile,
  chunks: ChunkCache,
  range: { start: number; end: number },
): Promise<Buffer> {
  const [start, end] = [Math.max(0, range.start), Math.min(file.sizeBytes, range.end)];
  const parts: Uint8Array[] = [];
  for (let number = Math.floor(start / CHUNK_BYTES); number * CHUNK_BYTES < end; number++) {
    const offset = number * CHUNK_BYTES;
    const bytes = await chunks.get(file, number);
    parts.push(bytes.subarray(Math.max(0, start - offset), end - offset));
  }
  return Buffer.concat(parts);
}

/** What the key of an import is bound to when it is wrapped. */
export function importKeyContext(importId: string): string {
  return `import-key/${importId}`;
}

function chunkContext({ importId, number }: { importId: string; number: number }, chunk: number): string {
  return `import/${importId}/${number}/${chunk}`;
}
