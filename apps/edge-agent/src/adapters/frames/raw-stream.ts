import type { PictureTaker } from '@munjigi/face-core';
import type { PictureSize } from '@munjigi/contracts';

/** Cuts a stream of RGB pictures of one size into pictures, copying each byte once. */
export class RawStream {
  readonly #taker: PictureTaker;
  readonly #size: PictureSize;
  #data: Uint8Array | null = null;
  #filled = 0;

  constructor(size: PictureSize, taker: PictureTaker) {
    this.#size = size;
    this.#taker = taker;
  }

  /** Takes the next bytes of the stream. */
  push(chunk: Uint8Array): void {
    const { width, height } = this.#size;
    let at = 0;
    while (at < chunk.length) {
      const data = (this.#data ??= this.#taker.buffer(width * height * 3));
      const until = Math.min(chunk.length, at + data.length - this.#filled);
      data.set(chunk.subarray(at, until), this.#filled);
      this.#filled += until - at;
      at = until;
      if (this.#filled < data.length) continue;
      this.#data = null;
      this.#filled = 0;
      this.#taker.picture(data, width, height);
    }
  }

  /** Gives up what is half filled. @returns its buffer, or null. */
  abandon(): Uint8Array | null {
    const data = this.#data;
    this.#data = null;
    this.#filled = 0;
    return data;
  }
}
