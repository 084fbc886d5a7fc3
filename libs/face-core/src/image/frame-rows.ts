import type { Frame } from './frame';
import { Pixels, type Square } from './pixels';

/** Rows taken in beyond a square, in parts of its side: the next network's square lies about the same face. */
const ROOM = 0.15;
/** Rows that a point blends with its own, and one for rounding. */
const BLENDED_ROWS = 2;

/**
 * Squares of a frame, for which no more of it is taken in than the rows that they touch.
 *
 * Gives what `Pixels` gives that has taken in the whole frame.
 */
export class FrameRows {
  readonly #pixels = new Pixels();
  #frame: Frame | undefined;
  /** Rows that are taken in, the last not included. */
  #top = 0;
  #bottom = 0;

  /** Turns to another frame, or to none. @param frame RGB without gaps, valid; must not change while it is looked at */
  turnTo(frame: Frame | undefined): void {
    this.#frame = frame;
    this.#top = 0;
    this.#bottom = 0;
  }

  /** See `Pixels.squares`. */
  squares(squares: readonly Square[], sizePx: number): Float32Array {
    const { top, bottom } = this.#rowsOf(squares, 0);
    if (top < this.#top || bottom > this.#bottom) this.#load(this.#rowsOf(squares, ROOM));
    return this.#pixels.squares(
      squares.map((square) => ({ ...square, top: square.top - this.#top })),
      sizePx,
    );
  }

  /** The rows of the frame that squares touch, at least one. */
  #rowsOf(squares: readonly Square[], room: number): { top: number; bottom: number } {
    const height = this.#frame?.height ?? 0;
    const tops = squares.map(({ top, size }) => Math.floor(top - room * size) - BLENDED_ROWS);
    const bottoms = squares.map(({ top, size }) => Math.ceil(top + (1 + room) * size) + BLENDED_ROWS);
    const top = Math.min(height - 1, Math.max(0, Math.min(...tops)));
    const bottom = Math.max(top + 1, Math.min(height, Math.max(...bottoms)));
    // A network that gives what is no number must not make a frame without rows of it.
    return Number.isFinite(top + bottom) ? { top, bottom } : { top: 0, bottom: height };
  }

  #load({ top, bottom }: { top: number; bottom: number }): void {
    if (!this.#frame) throw new TypeError('There is no frame to look at.');
    const { data, width } = this.#frame;
    const rowBytes = 3 * width;
    this.#pixels.load({
      data: data.subarray(top * rowBytes, bottom * rowBytes),
      width,
      height: bottom - top,
    });
    this.#top = top;
    this.#bottom = bottom;
  }
}
