import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { REPOSITORY } from '../system/paths';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
});

/** Those of the packages that are for one processor of Linux. */
function forLinux(cpu: string): string[] {
  const { packages } = lockSchema.parse(
    JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')),
  );
  return Object.entries(packages)
    .filter(([, { os, cpu: cpus }]) => cpus?.includes(cpu) && (os === undefined || os.includes('linux')))
    .map(([path]) => path);
}

describe('the native packages', () => {
  it('that x64 gets are there for arm64', () => {
    const arm = forLinux('arm64');
    const missing = forLinux('x64')
      .map((path) => path.replace(/(?<=[-/.])x64(?=[-/.]|$)/, 'arm64'))
      .filter((wanted) => !arm.includes(wanted));
    expect(missing).toEqual([]);
    expect(arm.length).toBeGreaterThan(5);
  });

  it('that hold the binaries of every machine hold those of arm64', () => {
    for (const file of [
      'onnxruntime-node/bin/napi-v6/linux/arm64/onnxruntime_binding.node',
      '@photostructure/sqlite/prebuilds/linux-arm64/@photostructure+sqlite.glibc.node',
    ]) {
      // An ELF file says its machine in the nineteenth byte; 183 is AArch64.
      expect(readFileSync(join(REPOSITORY, 'node_modules', file)).readUInt16LE(18)).toBe(183);
    }
  });
});
