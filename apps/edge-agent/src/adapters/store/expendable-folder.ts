import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Expendable, KeepAtMost } from '../../ports/disk';

interface KeptFile {
  readonly path: string;
  readonly atMs: number;
  readonly sizeBytes: number;
}

/** So many files are looked at before other work has its turn. */
const STATS_AT_ONCE = 64;
/** What `stat` counts in. */
const BLOCK_BYTES = 512;

/** The files directly in a folder, which whoever writes them can do without; the oldest by its time of change. */
export class ExpendableFolder implements Expendable {
  readonly name: string;
  readonly #directory: string;

  /** @param options.directory need not be there */
  constructor(options: { name: string; directory: string }) {
    this.name = options.name;
    this.#directory = options.directory;
  }

  async giveUp(bytesWanted: number): Promise<number> {
    let freed = 0;
    for (const file of await this.#oldestFirst()) {
      if (freed >= bytesWanted) break;
      freed += await deleted(file);
    }
    return freed;
  }

  async trim(keep: KeepAtMost, nowMs: number): Promise<number> {
    const files = await this.#oldestFirst();
    const tooMany = files.length - keep.files;
    const gone = files.filter(({ atMs }, index) => index < tooMany || nowMs - atMs > keep.ageMs);
    for (const file of gone) await deleted(file);
    return gone.length;
  }

  async #oldestFirst(): Promise<KeptFile[]> {
    const names = await readdir(this.#directory).catch((): string[] => []);
    const files: KeptFile[] = [];
    for (let from = 0; from < names.length; from += STATS_AT_ONCE) {
      const some = names
        .slice(from, from + STATS_AT_ONCE)
        .map((name) => keptFile(join(this.#directory, name)));
      files.push(...(await Promise.all(some)).flatMap((file) => file ?? []));
    }
    return files.sort((a, b) => a.atMs - b.atMs);
  }
}

async function keptFile(path: string): Promise<KeptFile | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, atMs: found.mtimeMs, sizeBytes: found.blocks * BLOCK_BYTES } : null;
  } catch {
    return null;
  }
}

async function deleted({ path, sizeBytes }: KeptFile): Promise<number> {
  return rm(path).then(
    () => sizeBytes,
    () => 0,
  );
}
