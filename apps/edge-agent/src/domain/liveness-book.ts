import { fuseLiveness, withSample, type LivenessWindow } from '@munjigi/face-core';

/** What is known of a face's liveness: `unasked` where the door does not ask for it. */
export type LivenessState = 'unasked' | 'pending' | 'live' | 'not-live' | 'unknown';

/** The same, with the fused score, 0 to 1, where there is one. */
export interface Liveness {
  readonly state: LivenessState;
  readonly score: number | null;
}

export const UNASKED: Liveness = { state: 'unasked', score: null };

/** How long a face that may pass is looked at before its liveness counts as unknown, ms. */
export const LIVENESS_PATIENCE_MS = 2_500;

interface Track {
  window: LivenessWindow;
  seenMs: number;
}

/** A track not seen for this long is forgotten, ms. */
const FORGET_AFTER_MS = 10_000;

/**
 * The liveness scores of each track in view, and what they say together. A track's scores are its own alone. All time
 * is a monotonic clock's, given from outside.
 */
export class LivenessBook {
  readonly #tracks = new Map<string, Track>();

  /** Takes the score of one frame; undefined where the network could not judge the face. */
  add(trackId: string, score: number | undefined, atMs: number): void {
    for (const [id, { seenMs }] of this.#tracks) if (atMs - seenMs > FORGET_AFTER_MS) this.#tracks.delete(id);
    const window = this.#tracks.get(trackId)?.window ?? [];
    const isScore = score !== undefined && score >= 0 && score <= 1;
    this.#tracks.set(trackId, {
      window: isScore ? withSample(window, { score, atMs }) : window,
      seenMs: atMs,
    });
  }

  /** What the frames so far say. @param waitedMs how long the face has been waiting to be judged */
  judge(trackId: string, min: number, waitedMs: number): Liveness {
    const score = fuseLiveness(this.#tracks.get(trackId)?.window ?? [])?.score;
    if (score !== undefined) return { state: score >= min ? 'live' : 'not-live', score };
    return { state: waitedMs < LIVENESS_PATIENCE_MS ? 'pending' : 'unknown', score: null };
  }

  /** Begins a track anew: what was seen of it counts no more. */
  forget(trackId: string): void {
    this.#tracks.delete(trackId);
  }

  /** Forgets all tracks: the picture was cut. */
  endScene(): void {
    this.#tracks.clear();
  }
}
