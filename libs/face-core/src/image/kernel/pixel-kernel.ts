import { PIXEL_KERNEL_BASE64 } from './pixel-kernel-bytes';

/** The loops of `pixel-kernel.wat`, bound to one memory. Places are bytes of it. */
export interface PixelKernel {
  columns(out: number, count: number, start: number, step: number, length: number, nearest: number): void;
  rows(
    out: number,
    count: number,
    start: number,
    step: number,
    length: number,
    nearest: number,
    frame: number,
    rowBytes: number,
  ): void;
  scale(
    columns: number,
    columnCount: number,
    rows: number,
    rowCount: number,
    out: number,
    outRowBytes: number,
    planeBytes: number,
  ): void;
  average(columns: number, rows: number, size: number, points: number, out: number, planeBytes: number): void;
  warp(
    frame: number,
    width: number,
    height: number,
    size: number,
    out: number,
    xu: number,
    xv: number,
    x0: number,
    yu: number,
    yv: number,
    y0: number,
  ): void;
  planes(
    pixels: number,
    count: number,
    red: number,
    green: number,
    blue: number,
    redFactor: number,
    greenFactor: number,
    blueFactor: number,
    redTerm: number,
    greenTerm: number,
    blueTerm: number,
  ): void;
  rgb(
    luma: number,
    u: number,
    v: number,
    chromaStep: number,
    count: number,
    out: number,
    black: number,
    gain: number,
    vr: number,
    ug: number,
    vg: number,
    ub: number,
  ): void;
}

/** Memory that grows; its buffer is another one after it has. */
export interface PixelMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What of WebAssembly is used here; Node's own types leave it out. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (pages: { initial: number; maximum: number }) => PixelMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
}

const { Module, Memory, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;
const kernelModule = new Module(Buffer.from(PIXEL_KERNEL_BASE64, 'base64'));
/** 4 GiB. */
const PAGES_MAX = 65_536;

/** Bytes of one page of a {@link PixelMemory}. */
export const PAGE_BYTES = 65_536;

/** Makes a memory of one page and the kernel that works on it. */
export function openPixelKernel(): { memory: PixelMemory; kernel: PixelKernel } {
  const memory = new Memory({ initial: 1, maximum: PAGES_MAX });
  const { exports } = new Instance(kernelModule, { pixels: { memory } });
  return { memory, kernel: exports as PixelKernel };
}
