import { AGENT_PROTOCOL_VERSION, type PreviewFrame, type PreviewWatch } from '@munjigi/contracts';

/** Pictures a second that a viewer is shown at most. */
const FRAMES_PER_SECOND_MAX = 15;
const LEASE_MS = 30_000;

/** Hands pictures to whoever watches the page, and lets nothing be encoded while nobody does. */
export class PageViewers {
  readonly #renew: (watch: PreviewWatch | null) => void;
  readonly #viewers = new Set<(frame: PreviewFrame) => void>();
  #renewing: NodeJS.Timeout | undefined;

  /** @param renew begins, renews or ends the lease of a preview */
  constructor(renew: (watch: PreviewWatch | null) => void) {
    this.#renew = renew;
  }

  /** Shows a picture to everybody who watches. */
  show(frame: PreviewFrame): void {
    for (const viewer of this.#viewers) viewer(frame);
  }

  /** @returns how to end it */
  watch(viewer: (frame: PreviewFrame) => void): () => void {
    this.#viewers.add(viewer);
    if (this.#viewers.size === 1) {
      this.#lease();
      this.#renewing = setInterval(() => this.#lease(), LEASE_MS / 2);
    }
    return () => {
      if (!this.#viewers.delete(viewer) || this.#viewers.size > 0) return;
      clearInterval(this.#renewing);
      this.#renew(null);
    };
  }

  #lease(): void {
    this.#renew({
      v: AGENT_PROTOCOL_VERSION,
      leaseMs: LEASE_MS,
      framesPerSecondMax: FRAMES_PER_SECOND_MAX,
    });
  }
}
