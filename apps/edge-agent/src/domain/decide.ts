import type { Outcome, Reason } from '@munjigi/contracts';
import type { Identification } from '@munjigi/face-core';

/** What the door does, and why; `personId` is who was recognised, also when the access rules turn them away. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly personId: string | null;
  readonly similarity: number | null;
  readonly runnerUpSimilarity: number | null;
}

/** What the access rules say of a person. */
export interface RuleAnswer {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** How long the door unlocks, ms. */
  readonly unlockMs: number;
}

/** Grants only to a person who was identified and whom the rules let pass; whatever is doubtful is denied. */
export function decide(
  found: Identification,
  authorise: (personId: string) => RuleAnswer,
): Decision & { readonly unlockMs: number } {
  const { reason, personId, similarity, runnerUpSimilarity } = found;
  const likeness = { similarity, runnerUpSimilarity };
  if (reason !== 'matched' || personId === null)
    return { outcome: 'denied', reason, personId: null, ...likeness, unlockMs: 0 };
  const answer = authorise(personId);
  const unlockMs = answer.outcome === 'granted' ? answer.unlockMs : 0;
  return { outcome: answer.outcome, reason: answer.reason, personId, ...likeness, unlockMs };
}
