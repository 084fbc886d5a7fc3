import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { REPOSITORY } from '../system/paths';
import { ConformanceServer } from './conformance-server';
import { DoorProcess } from './door-process';
import { runScript } from './run-script';
import { scriptOf, type Script } from './script';
import { SmallDisk } from './small-disk';

const DOOR_SOURCE = join(REPOSITORY, 'apps/edge-agent/src/testing/conformance-door.ts');

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
  /** Hears once that this machine has no disks that can be filled. */
  readonly onOrdinaryDisk?: () => void;
}

/** Plays scripts against the real server and the real door, each in processes of its own. */
export async function runConformance({
  seeds,
  workers,
  onOutcome,
  onOrdinaryDisk,
}: RunOptions): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'munjigi-conformance-'));
  await chmod(folder, 0o755);
  const waiting = [...seeds];
  try {
    // Beside its own packages, which it does not carry.
    const program = join(REPOSITORY, 'apps/edge-agent/node_modules/.cache/conformance', `${process.pid}.cjs`);
    await build({
      ...{
        entryPoints: [DOOR_SOURCE],
        outfile: program,
        bundle: true,
        platform: 'node',
        packages: 'external',
      },
      logLevel: 'error',
    });
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
      await rm(program, { force: true });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
