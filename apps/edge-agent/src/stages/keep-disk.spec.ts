import { readableLog } from '../testing/log-lines';
import { DiskKeeper } from './keep-disk';

describe('DiskKeeper', () => {
  const setUp = () => {
    const disk = { free: 5000, given: [] as string[], trimmed: [] as string[], isReserved: false };
    const told: unknown[] = [];
    const expendable = (name: string, bytes: number) => ({
      name,
      giveUp: (wanted: number) => {
        disk.given.push(`${name} ${wanted}`);
        return Promise.resolve(Math.min(bytes, wanted));
      },
      trim: () => {
        disk.trimmed.push(name);
        return Promise.resolve(0);
      },
    });
    const keeper: DiskKeeper = new DiskKeeper({
      disk: { freeBytes: () => Promise.resolve(disk.free) },
      reserve: {
        take: () => Promise.resolve(void (disk.isReserved = true)),
        release: () => {
          const had = disk.isReserved;
          disk.isReserved = false;
          return had;
        },
      },
      pictures: expendable('pictures', 100),
      telemetry: expendable('telemetry', 1000),
      lowBytes: 1000,
      onChange: () => told.push(keeper.state?.level),
      onLook: () => told.push('look'),
      log: readableLog().log,
    });
    return { disk, told, keeper };
  };

  it('tells of a disk that gets full, once a level, and of its end', async () => {
    const { disk, told, keeper } = setUp();
    for (const free of [5000, 900, 800, 5000]) {
      disk.free = free;
      await keeper.look();
    }
    expect(told).toEqual(['look', 'low', 'look', 'look', 'ok', 'look']);
    // Not at each look: there may be tens of thousands of files.
    expect(disk.trimmed).toEqual(['pictures', 'telemetry']);
  });

  it('gives up telemetry only for what pictures do not give', async () => {
    const { disk, keeper } = setUp();
    disk.free = 450;
    await keeper.look();
    expect(disk.given.splice(0)).toEqual(['pictures 50']);
    disk.free = 50;
    await keeper.look();
    expect(disk.given).toEqual(['pictures 450', 'telemetry 100']);
  });

  it('gives its reserve at once, tells that it is full, and takes a reserve again when there is room', async () => {
    const { disk, told, keeper } = setUp();
    await keeper.look();
    expect([keeper.makeRoom(), keeper.makeRoom()]).toEqual([true, false]);
    expect(told.splice(0)).toEqual(['look', 'full']);
    disk.free = 100;
    await keeper.look();
    expect([disk.isReserved, keeper.state?.level]).toEqual([false, 'full']);
    disk.free = 5000;
    await keeper.look();
    expect([disk.isReserved, keeper.state?.level]).toEqual([true, 'ok']);
  });
});
