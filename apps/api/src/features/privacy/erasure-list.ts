import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const HASH = /^[0-9a-f]{64}$/;

/**
 * The list of those who were erased, as hashes in a file of the data folder: it outlives the database, so that a backup
 * that is brought back does not bring back whom it still holds.
 */
export class ErasureList {
  readonly path: string;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly dataDirectory: string) {
    this.path = join(dataDirectory, 'erasures.list');
  }

  async read(): Promise<string[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    // A last line that a crash has cut is passed over; its erasure is in the database.
    return text.split('\n').filter((line) => HASH.test(line));
  }

  /** Adds what is missing; on the disk when it resolves. */
  add(hashes: readonly string[]): Promise<void> {
    const written = this.writing.then(() => this.append(hashes));
    this.writing = written.catch(() => undefined);
    return written;
  }

  private async append(hashes: readonly string[]): Promise<void> {
    const known = new Set(await this.read());
    const missing = hashes.filter((hash) => !known.has(hash));
    if (missing.length === 0) return;
    await mkdir(this.dataDirectory, { recursive: true });
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.writeFile(`\n${missing.join('\n')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }
}
