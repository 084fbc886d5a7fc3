import type { Backoff } from '../../domain/backoff';

/** A picture that is wrong needs some seconds to be known as wrong: trying anew sooner would try for ever. */
export const WRONG_PICTURE_RETRY = { minMs: 8_000, baseMs: 4_000, capMs: 60_000 };

/** Runs out some time after a picture went wrong, unless it is right again before. */
export class WrongPictureTimer {
  readonly #onOut: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onOut: () => void) {
    this.#onOut = onOut;
  }

  /** @param backoff says how long, when the timer is not running yet; null: the picture is right */
  set(backoff: Backoff | null): void {
    if (backoff) {
      this.#timer ??= setTimeout(this.#onOut, WRONG_PICTURE_RETRY.minMs + backoff.nextDelayMs());
    } else {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
  }
}
