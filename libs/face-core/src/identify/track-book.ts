import type { Identification } from './identify';
import { isWorthEmbedding } from './quick-quality';

/** Whom a track's face is taken for, with the fused embedding that says so. */
export type Verdict = Identification & { readonly probe: Float32Array };

/** A track that has a face in the newest frame. */
export interface Sighting {
  readonly trackId: string;
  /** 0 to 1, see `quickQuality`. */
  readonly quality: number;
}

/** How long a face is looked at before it is taken for nobody. */
export interface Patience {
  /** A face is nobody's only after this many failed tries, unless `giveUpAfterMs` passed since the first one began. */
  readonly triesMax: number;
  readonly giveUpAfterMs: number;
  /** A face that is nobody's and stays is tried again this many times, and anew whenever the gallery changes. */
  readonly retriesMax: number;
  readonly retryPauseMs: number;
  /** A track not seen for this long is forgotten. */
  readonly forgetAfterMs: number;
}

/** The patience with every face unless told otherwise. */
export const PATIENCE: Patience = {
  triesMax: 3,
  giveUpAfterMs: 1500,
  retriesMax: 5,
  retryPauseMs: 1000,
  forgetAfterMs: 10_000,
};

interface Dossier {
  lastSeenMs: number;
  verdict: Verdict | null;
  bestFailure: Verdict | null;
  embeddings: Float32Array[];
  triesFailed: number;
  firstTryMs: number;
  triesLeft: number;
  nextTryMs: number;
}

/**
 * What is known of each face in view: the embeddings gathered for its next try, the verdict so far, and whether the
 * face is worth another look.
 *
 * A face is named at the first try that names somebody, and nobody's only after several have failed, so that one bad
 * glance shuts nobody out. All time is a monotonic clock's, given from outside. Owned by one camera's chain.
 */
export class TrackBook {
  readonly #patience: Patience;
  readonly #dossiers = new Map<string, Dossier>();

  constructor(patience: Patience = PATIENCE) {
    this.#patience = patience;
  }

  /** Notes who is in view. @returns the tracks whose face is worth embedding in this frame, best first. */
  observe(sightings: readonly Sighting[], atMs: number): string[] {
    for (const { trackId } of sightings) this.#dossier(trackId, atMs).lastSeenMs = atMs;
    for (const [trackId, { lastSeenMs }] of this.#dossiers) {
      if (atMs - lastSeenMs > this.#patience.forgetAfterMs) this.#dossiers.delete(trackId);
    }
    return sightings
      .filter(({ trackId, quality }) => {
        const { triesLeft, nextTryMs } = this.#dossier(trackId, atMs);
        return triesLeft > 0 && atMs >= nextTryMs && isWorthEmbedding(quality, atMs - nextTryMs);
      })
      .sort((a, b) => b.quality - a.quality)
      .map(({ trackId }) => trackId);
  }

  /** Adds an embedding. @returns all of this try once there are `framesToDecide` of them, else null. */
  gather(trackId: string, embedding: Float32Array, framesToDecide: number): readonly Float32Array[] | null {
    const dossier = this.#dossiers.get(trackId);
    if (!dossier) return null;
    dossier.embeddings.push(embedding);
    if (dossier.embeddings.length < framesToDecide) return null;
    const gathered = dossier.embeddings;
    dossier.embeddings = [];
    return gathered;
  }

  /**
   * Takes the outcome of a try.
   *
   * @returns the verdict to act on; null when there is none yet, or none that is new.
   */
  conclude(trackId: string, attempt: Verdict, atMs: number): Verdict | null {
    const dossier = this.#dossiers.get(trackId);
    if (!dossier) return null;
    if (attempt.personId !== null) {
      dossier.verdict = attempt;
      dossier.triesLeft = 0;
      return attempt;
    }
    return dossier.verdict
      ? this.#retryFailed(dossier, attempt, atMs)
      : this.#tryFailed(dossier, attempt, atMs);
  }

  /** Takes a verdict back that could not be acted on; the face is tried again after a pause. */
  revoke(trackId: string, atMs: number): void {
    const dossier = this.#dossiers.get(trackId);
    if (dossier) this.#begin(dossier, atMs + this.#patience.retryPauseMs);
  }

  /**
   * The gallery or the rule changed: faces in view that are nobody's are tried again, and a name whose person is no
   * longer known is forgotten.
   */
  reopen(isKnown: (personId: string) => boolean, atMs: number): void {
    for (const dossier of this.#dossiers.values()) {
      const { verdict } = dossier;
      if (!verdict) continue;
      if (verdict.personId !== null) {
        if (!isKnown(verdict.personId)) this.#begin(dossier, atMs);
      } else {
        dossier.embeddings = [];
        dossier.triesLeft = this.#patience.retriesMax;
        dossier.nextTryMs = atMs;
      }
    }
  }

  /** The verdict on a track so far, or null. */
  verdict(trackId: string): Verdict | null {
    return this.#dossiers.get(trackId)?.verdict ?? null;
  }

  /** The highest similarity seen on a track so far, or null. */
  similarity(trackId: string): number | null {
    const dossier = this.#dossiers.get(trackId);
    return (dossier?.verdict ?? dossier?.bestFailure)?.similarity ?? null;
  }

  /** Forgets all tracks: the picture was cut. */
  endScene(): void {
    this.#dossiers.clear();
  }

  #tryFailed(dossier: Dossier, attempt: Verdict, atMs: number): Verdict | null {
    const before = dossier.bestFailure;
    const isBetter = !before || (attempt.similarity ?? -1) > (before.similarity ?? -1);
    const best = isBetter ? attempt : before;
    dossier.bestFailure = best;
    dossier.triesFailed += 1;
    const { triesMax, giveUpAfterMs, retriesMax, retryPauseMs } = this.#patience;
    // With nobody to resemble, looking again cannot change the answer.
    const isHopeless = attempt.reason === 'unknown-person' && attempt.similarity === null;
    const isPatient = dossier.triesFailed < triesMax && atMs - dossier.firstTryMs < giveUpAfterMs;
    if (isPatient && !isHopeless) return null;
    dossier.verdict = best;
    dossier.triesLeft = isHopeless ? 0 : retriesMax;
    dossier.nextTryMs = atMs + retryPauseMs;
    return best;
  }

  #retryFailed(dossier: Dossier, attempt: Verdict, atMs: number): null {
    dossier.verdict = attempt;
    dossier.triesLeft -= 1;
    dossier.nextTryMs = atMs + this.#patience.retryPauseMs;
    return null;
  }

  #dossier(trackId: string, atMs: number): Dossier {
    let dossier = this.#dossiers.get(trackId);
    if (!dossier) {
      dossier = { lastSeenMs: atMs } as Dossier;
      this.#begin(dossier, atMs);
      this.#dossiers.set(trackId, dossier);
    }
    return dossier;
  }

  #begin(dossier: Dossier, atMs: number): void {
    Object.assign(dossier, {
      verdict: null,
      bestFailure: null,
      embeddings: [],
      triesFailed: 0,
      firstTryMs: atMs,
      triesLeft: Number.POSITIVE_INFINITY,
      nextTryMs: atMs,
    } satisfies Omit<Dossier, 'lastSeenMs'>);
  }
}
