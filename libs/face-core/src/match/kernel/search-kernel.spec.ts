import { readFile } from 'node:fs/promises';
import { generateKernelSource, KERNEL_BYTES_FILE } from '../testing/generate-kernel';
import { SEARCH_KERNEL_BASE64 } from './search-kernel-bytes';

describe('search kernel', () => {
  it('carries the bytes that its text assembles to', async () => {
    expect(await readFile(KERNEL_BYTES_FILE, 'utf8')).toBe(await generateKernelSource());
  });

  it('needs no more than 2 kB', () => {
    expect(Buffer.from(SEARCH_KERNEL_BASE64, 'base64').length).toBeLessThan(2048);
  });
});
