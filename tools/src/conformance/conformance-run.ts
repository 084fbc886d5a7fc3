import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleDoor } from './bundle-door';
import { ConformanceServer } from './conformance-server';
import { DoorProcess } from './door-process';
import { runScript } from './run-script';
import { scriptOf, type Script } from './script';
import { SmallDisk } from './small-disk';

/** How a script went. */
export interface Outcome {
  readonly script: Script;
  /** What was not as it must be; empty: all was. */
  readonly violations: readonly string[];
  readonly tookMs: number;
}

/** How a run is made. */
export interface RunOptions {
  readonly seeds: readonly number[];
  readonly workers: number;
  /** Hears how each script went, in the order in which they end. */
  readonly onOutcome: (outcome: Outcome) => void;
  /** After so many scripts that failed no other is begun: something is wrong that fails them all. */
  readonly failuresMax?: number;
  /** Hears once that this machine has no disks that can be filled. */
  readonly onOrdinaryDisk?: () => void;
}

/** Plays scripts against the real server and the real door, each in processes of its own. */
export async function runConformance({
  seeds,
  workers,
  onOutcome,
  onOrdinaryDisk,
  failuresMax = 5,
}: RunOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'munjigi-conformance-'));
  await chmod(folder, 0o755);
  const waiting = [...seeds];
  let failures = 0;
  try {
    const { program, remove } = await bundleDoor();
    const server = await ConformanceServer.start();
    try {
      const work = async (index: number): Promise<void> => {
        const disk = SmallDisk.make(join(folder, `disk-${index}`));
        if (!disk.isSmall && index === 0) onOrdinaryDisk?.();
        const doors = new DoorProcess(program, join(folder, `doors-${index}.log`));
        try {
          for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
            const script = scriptOf(seed);
            const startedAt = performance.now();
            const violations = await runScript(script, { server, doors, disk, folder });
            if (violations.length > 0) failures += 1;
            if (failures >= failuresMax) waiting.length = 0;
            onOutcome({ script, violations, tookMs: performance.now() - startedAt });
          }
        } finally {
          await doors.kill();
          disk.remove();
        }
      };
      await Promise.all(Array.from({ length: Math.min(workers, seeds.length) }, (_, index) => work(index)));
    } finally {
      await server.stop();
      await remove();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
