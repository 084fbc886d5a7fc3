/** A picture of a track's face, encoded, with how good it is (0 to 1). */
export interface Capture {
  readonly jpeg: Uint8Array;
  readonly quality: number;
  readonly atMs: number;
}

/** Bounds of what is kept. */
export interface CaptureBounds {
  readonly capturesPerTrackMax: number;
  readonly tracksMax: number;
  readonly keepMs: number;
  /** Two captures of one track are at least this far apart, so that they differ. */
  readonly spacingMs: number;
}

/** What an agent keeps unless told otherwise: some 10 MB at most. */
export const CAPTURE_BOUNDS: CaptureBounds = {
  capturesPerTrackMax: 3,
  tracksMax: 48,
  keepMs: 10 * 60_000,
  spacingMs: 500,
};

/** A new capture has to be better than the one that it displaces by this factor, or encoding it is not worth it. */
const IMPROVEMENT = 1.1;

/**
 * The best few pictures of each recently seen face, for enrolment from the door. In memory only; bounded in count and
 * time.
 */
export class CaptureBook {
  readonly #bounds: CaptureBounds;
  readonly #tracks = new Map<string, Capture[]>();

  constructor(bounds: CaptureBounds = CAPTURE_BOUNDS) {
    this.#bounds = bounds;
  }

  /** Whether a picture of this quality would be kept. Changes nothing. */
  wants(trackId: string, quality: number, atMs: number): boolean {
    return quality > 0 && this.#displaced(this.#tracks.get(trackId) ?? [], quality, atMs) !== null;
  }

  /** Keeps a capture if it is still wanted. */
  keep(trackId: string, capture: Capture): void {
    const captures = this.#tracks.get(trackId) ?? [];
    const displaced = this.#displaced(captures, capture.quality, capture.atMs);
    if (!displaced) return;
    const kept = [...captures.filter((each) => !displaced.includes(each)), capture];
    // Deleting first moves the track to the map's end: the oldest stand at its beginning.
    this.#tracks.delete(trackId);
    this.#tracks.set(
      trackId,
      kept.sort((a, b) => b.quality - a.quality),
    );
    while (this.#tracks.size > this.#bounds.tracksMax) {
      this.#tracks.delete(this.#tracks.keys().next().value!);
    }
  }

  /** The track's captures, best first; empty when it was never seen or has been forgotten. */
  of(trackId: string, atMs: number): readonly Capture[] {
    this.forget(atMs);
    return this.#tracks.get(trackId) ?? [];
  }

  /** Drops what is older than `keepMs`. */
  forget(atMs: number): void {
    for (const [trackId, captures] of this.#tracks) {
      const fresh = captures.filter((capture) => atMs - capture.atMs <= this.#bounds.keepMs);
      if (fresh.length === 0) this.#tracks.delete(trackId);
      else if (fresh.length < captures.length) this.#tracks.set(trackId, fresh);
    }
  }

  /** The captures that a new one replaces; null when it is not wanted. */
  #displaced(captures: readonly Capture[], quality: number, atMs: number): Capture[] | null {
    const near = captures.filter((each) => Math.abs(each.atMs - atMs) < this.#bounds.spacingMs);
    if (near.length > 0) {
      return near.every((each) => quality > each.quality * IMPROVEMENT) ? near : null;
    }
    if (captures.length < this.#bounds.capturesPerTrackMax) return [];
    const worst = captures.reduce((a, b) => (b.quality < a.quality ? b : a));
    return quality > worst.quality * IMPROVEMENT ? [worst] : null;
  }
}
