import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { messageOf } from '../../domain/agent-error';
import type { DiskReserve } from '../../ports/disk';

const CHUNK_BYTES = 1024 ** 2;

/** Where the reserve of an agent's folder is. */
export function reservePath(directory: string): string {
  return join(directory, 'reserve.bin');
}

/** A file of random bytes, which no file system stores in less, to be deleted when the disk is full. */
export class ReserveFile implements DiskReserve {
  readonly #path: string;
  readonly #sizeBytes: number;
  readonly #log: Logger;

  constructor(options: { directory: string; sizeBytes: number; log: Logger }) {
    this.#path = reservePath(options.directory);
    this.#sizeBytes = options.sizeBytes;
    this.#log = options.log;
  }

  async take(): Promise<void> {
    const temporary = `${this.#path}.tmp`;
    try {
      if (await isThere(this.#path)) return;
      const file = await open(temporary, 'w', 0o600);
      try {
        for (let at = 0; at < this.#sizeBytes; at += CHUNK_BYTES)
          await file.write(randomBytes(Math.min(CHUNK_BYTES, this.#sizeBytes - at)));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, this.#path);
    } catch (error) {
      this.#log.warn({ reason: messageOf(error) }, 'no room is kept in reserve');
      await rm(temporary, { force: true });
    }
  }

  release(): boolean {
    return releaseReserve(this.#path);
  }
}

/** Deletes a reserve. @returns whether there was one */
export function releaseReserve(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    return false;
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
