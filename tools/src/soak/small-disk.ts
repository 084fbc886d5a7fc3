import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK = Buffer.alloc(256 * 1024, 7);

/** A folder on a disk of its own that is small enough to be filled: a tmpfs, where this user may mount one. */
export class SmallDisk {
  private constructor(
    readonly path: string,
    /** Whether it is a disk of its own; otherwise it cannot be filled. */
    readonly isOwn: boolean,
  ) {}

  static make(path: string, sizeMiB: number): SmallDisk {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m,mode=0700`, 'tmpfs', path], {
        stdio: 'ignore',
      });
      return new SmallDisk(path, true);
    } catch {
      return new SmallDisk(path, false);
    }
  }

  /** Takes all room that is left. */
  fill(): void {
    if (!this.isOwn) return;
    const file = openSync(this.filler, 'a');
    try {
      for (let size = CHUNK.length; size >= 512; size = size / 2) this.write(file, size);
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room back. */
  empty(): void {
    rmSync(this.filler, { force: true });
  }

  /** Takes the disk away; what is on it is lost. */
  remove(): void {
    if (this.isOwn) execFileSync('umount', ['-l', this.path], { stdio: 'ignore' });
  }

  private get filler(): string {
    return join(this.path, 'filler');
  }

  private write(file: number, size: number): void {
    try {
      while (writeSync(file, CHUNK, 0, size) === size);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}
