import type { Outcome, Reason } from '@munjigi/contracts';
import type { Identification } from '@munjigi/face-core';
import type { Liveness } from './liveness-book';

/** What the door does, and why; `personId` is who was recognised, also when they are turned away. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly personId: string | null;
  readonly similarity: number | null;
  readonly runnerUpSimilarity: number | null;
  /** How live the face was, 0 to 1; null when that was not asked or cannot be told. */
  readonly liveness: number | null;
}

/** What the access rules say of a person. */
export interface RuleAnswer {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** How long the door unlocks, ms. */
  readonly unlockMs: number;
}

/** What a decision is made of, beside who was found. */
export interface DecisionParts {
  readonly authorise: (personId: string) => RuleAnswer;
  readonly liveness: Liveness;
}

/**
 * Grants only to a person who was identified, whom the rules let pass, and who is live where the door asks for that;
 * whatever is doubtful is denied.
 *
 * @returns `pending` while the rules would let the person come nearer to passing and their liveness is not known yet
 */
export function decide(
  found: Identification,
  { authorise, liveness }: DecisionParts,
): (Decision & { readonly unlockMs: number }) | 'pending' {
  const { reason, personId, similarity, runnerUpSimilarity } = found;
  const evidence = { similarity, runnerUpSimilarity, liveness: liveness.score };
  const denied = { outcome: 'denied' as const, unlockMs: 0, ...evidence };
  if (reason !== 'matched' || personId === null) return { ...denied, reason, personId: null };
  const answer = authorise(personId);
  // A picture must not count as one of two people either.
  const brings = answer.outcome === 'granted' || answer.reason === 'two-person-pending';
  if (brings && liveness.state === 'pending') return 'pending';
  if (brings && liveness.state === 'not-live') return { ...denied, reason: 'not-live', personId };
  if (brings && liveness.state === 'unknown') return { ...denied, reason: 'liveness-unknown', personId };
  if (answer.outcome !== 'granted') return { ...denied, reason: answer.reason, personId };
  return { ...evidence, outcome: 'granted', reason: answer.reason, personId, unlockMs: answer.unlockMs };
}
