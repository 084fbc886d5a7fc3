import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readableLog } from '../../testing/log-lines';
import { temporaryDirectories } from '../../testing/temp-directory';
import { ExpendableFolder } from './expendable-folder';
import { ReserveFile, reservePath } from './reserve-file';
import { StatfsDisk } from './statfs-disk';

const newDirectory = temporaryDirectories();

describe('an expendable folder', () => {
  const filled = (): { directory: string; folder: ExpendableFolder } => {
    const directory = newDirectory();
    // Written in another order than they are old.
    for (const age of [2, 4, 1, 3]) {
      const path = join(directory, `age-${age}`);
      writeFileSync(path, Buffer.alloc(8192, 1));
      utimesSync(path, 1000 - age, 1000 - age);
    }
    mkdirSync(join(directory, 'a-folder'));
    return { directory, folder: new ExpendableFolder({ name: 'pictures', directory }) };
  };

  it('gives up the oldest until there is as much room as is wanted', async () => {
    const { directory, folder } = filled();
    expect(await folder.giveUp(8193)).toBeGreaterThanOrEqual(8193);
    expect(readdirSync(directory).sort()).toEqual(['a-folder', 'age-1', 'age-2']);
    await folder.giveUp(Number.MAX_SAFE_INTEGER);
    expect(readdirSync(directory)).toEqual(['a-folder']);
    expect(await folder.giveUp(1)).toBe(0);
  });

  it('keeps no more files than may be, and none that is too old', async () => {
    const { directory, folder } = filled();
    expect(await folder.trim({ files: 3, ageMs: 2500 }, 1_000_000)).toBe(2);
    expect(readdirSync(directory).sort()).toEqual(['a-folder', 'age-1', 'age-2']);
  });

  it('that is not there has nothing to give', async () => {
    const folder = new ExpendableFolder({ name: 'pictures', directory: join(newDirectory(), 'none') });
    expect(await folder.giveUp(1)).toBe(0);
  });
});

describe('the reserve', () => {
  it('takes room once, for the owner alone, and gives it free once', async () => {
    const directory = newDirectory();
    const reserve = new ReserveFile({ directory, sizeBytes: 1_500_000, log: readableLog().log });
    await reserve.take();
    const { size, mode, ino } = statSync(reservePath(directory));
    expect([size, mode & 0o777]).toEqual([1_500_000, 0o600]);
    await reserve.take();
    expect(statSync(reservePath(directory)).ino).toBe(ino);
    expect([reserve.release(), reserve.release()]).toEqual([true, false]);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('that cannot be taken leaves nothing behind', async () => {
    const { log, lines } = readableLog();
    const directory = join(newDirectory(), 'not-there');
    await new ReserveFile({ directory, sizeBytes: 1, log }).take();
    expect(existsSync(directory)).toBe(false);
    expect(lines).toMatchObject([{ msg: 'no room is kept in reserve' }]);
  });
});

describe('the disk', () => {
  it('tells of room', async () => {
    expect(await new StatfsDisk(newDirectory()).freeBytes()).toBeGreaterThan(0);
  });
});
