import { rowBytesOf, type Frame } from '../image/frame';
import type { SharedFrame } from './shared-frame';

/** Memory kept for frames to come; a camera has at most two under way. */
const KEPT_MAX = 2;
/** Memory more than so many times too large is not used, so that one big photograph is not kept for ever. */
const WASTE_MAX = 4;

/** Copies frames into shared memory that is used again and again, which spares the system's work for fresh pages. */
export class FrameBuffers {
  #free: SharedArrayBuffer[] = [];
  #serial = 0;

  /** A copy that every thread can read; the frame may be reused at once. */
  share(frame: Frame): SharedFrame {
    const { data, width, height, format = 'rgb' } = frame;
    const fits = this.#free.findIndex(
      ({ byteLength }) => byteLength >= data.length && byteLength <= data.length * WASTE_MAX,
    );
    const buffer =
      (fits >= 0 ? this.#free.splice(fits, 1)[0] : undefined) ?? new SharedArrayBuffer(data.length);
    new Uint8Array(buffer).set(data);
    this.#serial += 1;
    const { strideBytes = rowBytesOf(frame) } = frame;
    return { serial: this.#serial, buffer, byteLength: data.length, width, height, format, strideBytes };
  }

  /** Takes memory back that no thread reads any more. The newest is kept: it has the size that is in use. */
  giveBack({ buffer }: SharedFrame): void {
    this.#free = [buffer, ...this.#free].slice(0, KEPT_MAX);
  }
}
