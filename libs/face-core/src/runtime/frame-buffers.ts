/** Memory kept for frames to come; a camera has at most two under way. */
const KEPT_MAX = 2;
/** Memory more than so many times too large is not used, so that one big photograph is not kept for ever. */
const WASTE_MAX = 4;

/** Copies frames into memory that is used again and again, which spares the system's work for fresh pages. */
export class FrameBuffers {
  #free: ArrayBuffer[] = [];

  /** A copy of the bytes, at the start of a buffer that may be longer. */
  copyOf(bytes: Uint8Array): ArrayBuffer {
    const fits = this.#free.findIndex(
      ({ byteLength }) => byteLength >= bytes.length && byteLength <= bytes.length * WASTE_MAX,
    );
    const buffer = (fits >= 0 ? this.#free.splice(fits, 1)[0] : undefined) ?? new ArrayBuffer(bytes.length);
    new Uint8Array(buffer).set(bytes);
    return buffer;
  }

  /** Takes a buffer back. The newest are kept: they have the size that is in use. */
  giveBack(buffer: ArrayBuffer): void {
    this.#free = [buffer, ...this.#free].slice(0, KEPT_MAX);
  }
}
