import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmallDisk } from './small-disk';

describe('a small disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'munjigi-disk-'));
  const disk = SmallDisk.make(join(folder, 'disk'), 1);

  afterAll(() => {
    disk.remove();
    rmSync(folder, { recursive: true });
  });

  const leave = (script: string): void => {
    mkdirSync(join(disk.path, script));
    // More than half of it: two of these do not fit.
    writeFileSync(join(disk.path, script, 'door.db'), Buffer.alloc(600 * 1024));
  };

  it('has all its room again for whoever comes after it was cleared, also when it had been filled', () => {
    for (const script of ['1', '2', '3']) {
      expect(readdirSync(disk.path)).toEqual([]);
      expect(() => leave(script)).not.toThrow();
      disk.fill();
      disk.clear();
    }
  });

  it('takes not a byte once it is full, where this machine lets us make one', () => {
    disk.fill();
    const write = () => writeFileSync(join(disk.path, 'more'), 'more');
    if (disk.isSmall) expect(write).toThrow('ENOSPC');
    else expect(write).not.toThrow();
  });
});
