/** A person of a gallery and the similarity of their best template to the probe, -1 to 1. */
export interface Candidate {
  readonly personId: string;
  readonly similarity: number;
}

/** When a probe is taken for a person. */
export interface IdentificationRule {
  /** Similarity from which a probe may be a person. */
  readonly similarityMin: number;
  /** How far the best person must lead the second best. */
  readonly marginMin: number;
}

/**
 * Why a probe is taken for somebody, or for nobody.
 *
 * `matched`: a person of the gallery, clearly. `unknown-person`: nobody in the gallery is similar enough. `ambiguous`:
 * two people are too similar to tell apart. `gallery-unavailable`: there was nothing sound to compare with.
 */
export type IdentificationReason = 'matched' | 'unknown-person' | 'ambiguous' | 'gallery-unavailable';

/** Whom a probe is taken for: `personId` is set only when the reason is `matched`. */
export interface Identification {
  readonly reason: IdentificationReason;
  readonly personId: string | null;
  readonly similarity: number | null;
  readonly runnerUpSimilarity: number | null;
}

/**
 * Names the best candidate only when it reaches the threshold and clearly leads every other person; whatever is
 * doubtful (no gallery, no candidate, a number that is none) is nobody.
 *
 * @param candidates best template per person, in descending order of similarity; null when the gallery could not be
 *   searched.
 */
export function identify(
  candidates: readonly Candidate[] | null,
  { similarityMin, marginMin }: IdentificationRule,
): Identification {
  const isRule = Number.isFinite(similarityMin) && Number.isFinite(marginMin);
  if (!candidates || !isRule || !areSound(candidates)) return nobody('gallery-unavailable', null, null);
  const [best, second] = candidates;
  if (!best) return nobody('unknown-person', null, null);
  const runnerUp = second?.similarity ?? null;
  if (best.similarity < similarityMin) return nobody('unknown-person', best.similarity, runnerUp);
  if (runnerUp !== null && best.similarity - runnerUp < marginMin) {
    return nobody('ambiguous', best.similarity, runnerUp);
  }
  return {
    reason: 'matched',
    personId: best.personId,
    similarity: best.similarity,
    runnerUpSimilarity: runnerUp,
  };
}

function nobody(
  reason: IdentificationReason,
  similarity: number | null,
  runnerUpSimilarity: number | null,
): Identification {
  return { reason, personId: null, similarity, runnerUpSimilarity };
}

function areSound(candidates: readonly Candidate[]): boolean {
  return candidates.every(
    ({ similarity }, index) =>
      Number.isFinite(similarity) && (index === 0 || similarity <= candidates[index - 1]!.similarity),
  );
}
