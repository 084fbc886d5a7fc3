import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { REPOSITORY } from '../system/paths';

const DOOR_SOURCE = join(REPOSITORY, 'apps/edge-agent/src/testing/conformance-door.ts');
/** Beside its own packages, which it does not carry. */
const BUNDLES = join(REPOSITORY, 'apps/edge-agent/node_modules/.cache/conformance');

/** Puts the door of the suite into one file, which begins in a third of the time that its sources take. */
export async function bundleDoor(): Promise<{ program: string; remove: () => Promise<void> }> {
  const program = join(BUNDLES, `${process.pid}.cjs`);
  await build({
    ...{ entryPoints: [DOOR_SOURCE], outfile: program, bundle: true, platform: 'node', packages: 'external' },
    logLevel: 'error',
  });
  return { program, remove: () => rm(program, { force: true }) };
}
