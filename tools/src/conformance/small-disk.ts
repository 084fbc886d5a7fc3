import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BALLAST = 'ballast';
const BLOCK = Buffer.alloc(64 * 1024);

/** A disk that can be filled: a small one in memory, where this machine lets us have one. */
export class SmallDisk {
  private constructor(
    readonly path: string,
    /** Whether it can be filled: without the right to mount, the folder is an ordinary one. */
    readonly isSmall: boolean,
  ) {}

  /** @param path of a folder that is made */
  static make(path: string, megabytes = 16): SmallDisk {
    mkdirSync(path, { recursive: true });
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'munjigi', path], {
      stdio: 'ignore',
    });
    return new SmallDisk(path, status === 0);
  }

  /** Leaves not a byte. Where it is not small, nothing is filled. */
  fill(): void {
    if (!this.isSmall) return;
    const file = openSync(join(this.path, BALLAST), 'a');
    try {
      for (let block = BLOCK; block.length > 0;) {
        try {
          writeSync(file, block);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
          block = block.subarray(0, Math.floor(block.length / 2));
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room back. */
  free(): void {
    rmSync(join(this.path, BALLAST), { force: true });
  }

  /** Takes away all that is on it, so that whoever comes next has all its room. */
  clear(): void {
    for (const name of readdirSync(this.path))
      rmSync(join(this.path, name), { recursive: true, force: true });
  }

  /** Takes the disk away with all that is on it. */
  remove(): void {
    if (this.isSmall) spawnSync('umount', ['-l', this.path], { stdio: 'ignore' });
    rmSync(this.path, { recursive: true, force: true });
  }
}
