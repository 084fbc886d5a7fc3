import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import wabt from 'wabt';

/** A kernel written in WebAssembly text, and the committed module that carries it assembled. */
export interface KernelSource {
  readonly wat: string;
  readonly bytesFile: string;
  readonly constant: string;
}

const kernel = (folder: string, name: string): KernelSource => ({
  wat: join(__dirname, '..', folder, 'kernel', `${name}-kernel.wat`),
  bytesFile: join(__dirname, '..', folder, 'kernel', `${name}-kernel-bytes.ts`),
  constant: `${name.toUpperCase()}_KERNEL_BASE64`,
});

/** All kernels of the library. */
export const KERNELS = { search: kernel('match', 'search'), pixel: kernel('image', 'pixel') } as const;

const COLUMNS = 96;

/**
 * Assembles a kernel and gives the TypeScript that carries its bytes.
 *
 * Used during development only: `npx tsx src/testing/generate-kernels.ts` rewrites the committed files, and tests compare
 * them with what this gives.
 */
export async function generateKernelSource({ wat, constant }: KernelSource): Promise<string> {
  const { parseWat } = await wabt();
  const name = wat.split('/').at(-1) as string;
  const parsed = parseWat(name, await readFile(wat), { simd: true, threads: true });
  try {
    // Not validated here: wabt's own validation knows no shared memory. Loading the module validates it.
    const { buffer } = parsed.toBinary({});
    const lines = Buffer.from(buffer)
      .toString('base64')
      .match(new RegExp(`.{1,${COLUMNS}}`, 'g'))
      ?.map((line) => `  '${line}'`)
      .join(' +\n');
    return [
      `// Made from ${name} by testing/generate-kernels.ts. Change that and make this anew.`,
      '',
      `/** The assembled kernel, base64. */`,
      `export const ${constant} =\n${lines};`,
      '',
    ].join('\n');
  } finally {
    parsed.destroy();
  }
}

async function main(): Promise<void> {
  for (const source of Object.values(KERNELS)) {
    await writeFile(source.bytesFile, await generateKernelSource(source));
  }
}

if (require.main === module) void main();
