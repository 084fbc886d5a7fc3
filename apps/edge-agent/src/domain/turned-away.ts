import type { Decision } from './decide';

/** How soon somebody whom the rules turned away is decided about anew: a schedule may have begun, ms. */
const RULES_PAUSE_MS = 2_000;

/** The same for somebody who was taken for a picture: a picture gets few tries, a live person a second one, ms. */
const LIVENESS_PAUSE_MS = 5_000;

/** How long a track that left the view is remembered, ms. */
const FORGET_AFTER_MS = 10_000;

interface Entry {
  readonly personId: string;
  readonly pauseMs: number;
  /** When they are decided about anew; infinite while they are. */
  againMs: number;
  seenMs: number;
}

/** The tracks of people who were recognised and turned away, and when to decide about each anew. */
export class TurnedAway {
  readonly #tracks = new Map<string, Entry>();

  /** Takes a decision: whoever is let in is turned away no more. */
  note(trackId: string, { outcome, personId, reason }: Decision, atMs: number): void {
    if (outcome === 'granted' || personId === null) {
      this.#tracks.delete(trackId);
      return;
    }
    const isOfLiveness = reason === 'not-live' || reason === 'liveness-unknown';
    const pauseMs = isOfLiveness ? LIVENESS_PAUSE_MS : RULES_PAUSE_MS;
    this.#tracks.set(trackId, { personId, pauseMs, againMs: atMs + pauseMs, seenMs: atMs });
  }

  /** @returns the tracks in view that are to be decided about anew; each is told once. */
  due(inView: ReadonlySet<string>, atMs: number): string[] {
    const due: string[] = [];
    for (const [trackId, entry] of this.#tracks) {
      if (inView.has(trackId)) entry.seenMs = atMs;
      else if (atMs - entry.seenMs > FORGET_AFTER_MS) this.#tracks.delete(trackId);
      if (!inView.has(trackId) || atMs < entry.againMs) continue;
      entry.againMs = Number.POSITIVE_INFINITY;
      due.push(trackId);
    }
    return due;
  }

  /** @returns the tracks of people whom the rules turned away, who are to be decided about at once: the rules changed. */
  byRules(): string[] {
    const theirs = [...this.#tracks].filter(([, { pauseMs }]) => pauseMs === RULES_PAUSE_MS);
    for (const [, entry] of theirs) entry.againMs = Number.POSITIVE_INFINITY;
    return theirs.map(([trackId]) => trackId);
  }

  /** Who a track was last turned away as, or null. */
  personOf(trackId: string): string | null {
    return this.#tracks.get(trackId)?.personId ?? null;
  }

  /** Forgets all tracks: the picture was cut. */
  endScene(): void {
    this.#tracks.clear();
  }
}
