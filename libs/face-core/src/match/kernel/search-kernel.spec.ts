import { readFile } from 'node:fs/promises';
import { generateKernelSource, KERNELS } from '../../testing/generate-kernels';
import { SEARCH_KERNEL_BASE64 } from './search-kernel-bytes';

describe('search kernel', () => {
  it('carries the bytes that its text assembles to', async () => {
    expect(await readFile(KERNELS.search.bytesFile, 'utf8')).toBe(await generateKernelSource(KERNELS.search));
  });

  it('needs no more than 2 kB', () => {
    expect(Buffer.from(SEARCH_KERNEL_BASE64, 'base64').length).toBeLessThan(2048);
  });
});
