import { SEARCH_KERNEL_BASE64 } from './search-kernel-bytes';

/** The loops of `search-kernel.wat`, bound to one memory. Offsets are bytes of it. */
export interface SearchKernel {
  /** Writes groups of four rows that may reach `threshold` to `out` and gives their number. */
  scan(
    codes: number,
    scales: number,
    errors: number,
    count: number,
    numbers: number,
    probe: number,
    probeScale: number,
    threshold: number,
    out: number,
  ): number;
  /** Float32 inner product of two rows of `bytes` bytes; the order of its additions is fixed. */
  dot(left: number, right: number, bytes: number): number;
  /** Writes a row's int8 codes and scale and gives the squared distance between the row and what they stand for. */
  quantize(floats: number, numbers: number, codes: number, scale: number): number;
}

/** What of WebAssembly is used here; Node's own types leave it out. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number; shared: true }) => {
    readonly buffer: SharedArrayBuffer;
  };
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { Module, Memory, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const PAGE_BYTES = 65_536;
const kernelModule = new Module(Buffer.from(SEARCH_KERNEL_BASE64, 'base64'));

/**
 * Makes a zero-filled memory of at least `bytes` bytes that never moves or grows, and the kernel that works on it.
 *
 * It is shared memory, though only one thread uses it: the garbage collector takes other memory for its own and, each
 * time a large piece is asked for, stops everything to look for some to free: measured, for a third of a second beside
 * 900,000 templates.
 *
 * @throws {RangeError} when the machine has no such memory to give
 */
export function openKernel(bytes: number): { buffer: SharedArrayBuffer; kernel: SearchKernel } {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const memory = new Memory({ initial: pages, maximum: pages, shared: true });
  const { exports } = new Instance(kernelModule, { segment: { memory } });
  return { buffer: memory.buffer, kernel: exports as SearchKernel };
}
