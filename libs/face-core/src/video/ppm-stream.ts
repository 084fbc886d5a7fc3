/** Takes the pictures of a stream. */
export interface PictureTaker {
  /** Lends the memory for one picture. */
  buffer(byteLength: number): Uint8Array;
  /** Gets that memory filled: RGB, interleaved HWC, uint8. */
  picture(data: Uint8Array, width: number, height: number): void;
}

const HEADER_BYTES_MAX = 64;
/** 3840 x 2160 with room for the portrait of it; more than that is no door camera but a mistake. */
const PIXELS_MAX = 3840 * 3840;

/**
 * Cuts a stream of binary PPM pictures (`P6`, 8 bits a channel) into RGB pictures, copying each byte once.
 *
 * Every picture names its own size, so that nothing has to be known of the video before, and a change of size in the
 * middle spoils nothing.
 */
export class PpmStream {
  readonly #taker: PictureTaker;
  #header = '';
  #size = { width: 0, height: 0 };
  #data: Uint8Array | null = null;
  #filled = 0;

  constructor(taker: PictureTaker) {
    this.#taker = taker;
  }

  /** Takes the next bytes of the stream. @throws when they are no PPM of that kind. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      at = this.#data ? this.#fill(this.#data, chunk, at) : this.#readHeader(chunk, at);
    }
  }

  /** Gives up what is half filled. @returns its buffer, or null. */
  abandon(): Uint8Array | null {
    const data = this.#data;
    this.#data = null;
    return data;
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      this.#header += String.fromCharCode(chunk[at]!);
      const match = /^P6\s+(\d+)\s+(\d+)\s+(\d+)\s$/.exec(this.#header);
      if (match) {
        this.#begin(Number(match[1]), Number(match[2]), Number(match[3]));
        return at + 1;
      }
      if (this.#header.length > HEADER_BYTES_MAX) break;
    }
    if (this.#header.length > HEADER_BYTES_MAX || !'P6'.startsWith(this.#header.slice(0, 2))) {
      throw new Error('The picture stream is not in the format that was asked for.');
    }
    return chunk.length;
  }

  #begin(width: number, height: number, levelMax: number): void {
    if (levelMax !== 255 || width < 1 || height < 1 || width * height > PIXELS_MAX) {
      throw new Error(`The video has pictures of ${width} x ${height}, which are too large.`);
    }
    this.#header = '';
    this.#size = { width, height };
    this.#data = this.#taker.buffer(width * height * 3);
    this.#filled = 0;
  }

  #fill(data: Uint8Array, chunk: Uint8Array, from: number): number {
    const until = Math.min(chunk.length, from + data.length - this.#filled);
    data.set(chunk.subarray(from, until), this.#filled);
    this.#filled += until - from;
    if (this.#filled === data.length) {
      this.#data = null;
      this.#taker.picture(data, this.#size.width, this.#size.height);
    }
    return until;
  }
}
