import type { Outcome, Reason } from '@munjigi/contracts';

/** A person of the gallery and the similarity of their best template to the probe, -1 to 1. */
export interface Candidate {
  readonly personId: string;
  readonly similarity: number;
}

/** What a door asks of a match. */
export interface DecisionRule {
  /** Similarity from which a probe may be a person. */
  readonly similarityMin: number;
  /** How far the best person must lead the second best. */
  readonly marginMin: number;
}

/** What the door does, and why; `personId` is set only when granted. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly personId: string | null;
  readonly similarity: number | null;
  readonly runnerUpSimilarity: number | null;
}

/**
 * Grants only when the best candidate reaches the threshold and clearly leads every other person; whatever is
 * doubtful (no gallery, no candidate, a number that is none) is denied.
 *
 * @param candidates best template per person, in descending order of similarity; null when the gallery could not be
 *   searched.
 */
export function decide(candidates: readonly Candidate[] | null, rule: DecisionRule): Decision {
  if (!candidates || !isSound(candidates, rule)) return denied('gallery-unavailable', null, null);
  const [best, second] = candidates;
  if (!best) return denied('unknown-person', null, null);
  const runnerUp = second?.similarity ?? null;
  if (best.similarity < rule.similarityMin) return denied('unknown-person', best.similarity, runnerUp);
  if (runnerUp !== null && best.similarity - runnerUp < rule.marginMin) {
    return denied('ambiguous', best.similarity, runnerUp);
  }
  return {
    outcome: 'granted',
    reason: 'matched',
    personId: best.personId,
    similarity: best.similarity,
    runnerUpSimilarity: runnerUp,
  };
}

function denied(reason: Reason, similarity: number | null, runnerUpSimilarity: number | null): Decision {
  return { outcome: 'denied', reason, personId: null, similarity, runnerUpSimilarity };
}

function isSound(candidates: readonly Candidate[], rule: DecisionRule): boolean {
  if (!Number.isFinite(rule.similarityMin) || !Number.isFinite(rule.marginMin)) return false;
  return candidates.every(
    ({ similarity }, index) =>
      Number.isFinite(similarity) && (index === 0 || similarity <= candidates[index - 1]!.similarity),
  );
}
