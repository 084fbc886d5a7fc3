import { statfs } from 'node:fs/promises';
import type { Disk } from '../../ports/disk';

/** The disk under a folder, as its file system tells. */
export class StatfsDisk implements Disk {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#directory);
    return bavail * bsize;
  }
}
