import type { CapturedFrame } from '../../ports/frame-source';

/** What a frame says of itself, apart from its buffer. */
export type FrameFacts = Omit<CapturedFrame, 'data' | 'retain' | 'release'>;

/**
 * Lends buffers for frames and takes them back when their last holder has released them, so that a running camera
 * allocates nothing.
 */
export class FramePool {
  readonly #idleMax: number;
  #idle: Uint8Array[] = [];

  /** @param options.idleMax buffers kept for reuse; more are left to the garbage collector. */
  constructor(options: { idleMax?: number } = {}) {
    this.#idleMax = options.idleMax ?? 4;
  }

  /** Buffers that wait to be used again. */
  get idleCount(): number {
    return this.#idle.length;
  }

  /** @returns a buffer of exactly that many bytes, content undefined; buffers of another size are let go. */
  take(byteLength: number): Uint8Array {
    if (this.#idle[0] && this.#idle[0].byteLength !== byteLength) this.#idle = [];
    return this.#idle.pop() ?? Buffer.allocUnsafeSlow(byteLength);
  }

  /** Puts back a buffer that became no frame. */
  put(data: Uint8Array): void {
    const fits = !this.#idle[0] || this.#idle[0].byteLength === data.byteLength;
    if (fits && this.#idle.length < this.#idleMax) this.#idle.push(data);
  }

  /** Makes a filled buffer a frame with one holder. */
  frame(data: Uint8Array, facts: FrameFacts): CapturedFrame {
    let holders = 1;
    return {
      ...facts,
      data,
      retain: () => {
        if (holders === 0) throw new Error('A released frame cannot be held again.');
        holders += 1;
      },
      release: () => {
        if (holders === 0) throw new Error('A frame was released more often than it was held.');
        holders -= 1;
        if (holders === 0) this.put(data);
      },
    };
  }
}
