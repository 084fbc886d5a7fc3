import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import wabt from 'wabt';

const FOLDER = join(__dirname, '..', 'kernel');
const COLUMNS = 96;

/** The committed module that carries the assembled kernel. */
export const KERNEL_BYTES_FILE = join(FOLDER, 'search-kernel-bytes.ts');

/**
 * Assembles `search-kernel.wat` and gives the TypeScript that carries its bytes.
 *
 * Used during development only: `npx tsx src/match/testing/generate-kernel.ts` rewrites the committed file, and a test
 * compares it with what this gives.
 */
export async function generateKernelSource(): Promise<string> {
  const { parseWat } = await wabt();
  const parsed = parseWat('search-kernel.wat', await readFile(join(FOLDER, 'search-kernel.wat')), {
    simd: true,
    threads: true,
  });
  try {
    // Not validated here: wabt's own validation knows no shared memory. Loading the module validates it.
    const { buffer } = parsed.toBinary({});
    const lines = Buffer.from(buffer)
      .toString('base64')
      .match(new RegExp(`.{1,${COLUMNS}}`, 'g'))
      ?.map((line) => `  '${line}'`)
      .join(' +\n');
    return [
      '// Made from search-kernel.wat by testing/generate-kernel.ts. Change that and make this anew.',
      '',
      '/** The assembled search kernel, base64. */',
      `export const SEARCH_KERNEL_BASE64 =\n${lines};`,
      '',
    ].join('\n');
  } finally {
    parsed.destroy();
  }
}

if (require.main === module) {
  void generateKernelSource().then((source) => writeFile(KERNEL_BYTES_FILE, source));
}
