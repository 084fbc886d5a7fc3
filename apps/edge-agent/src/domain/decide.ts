import type { Outcome, Reason } from '@munjigi/contracts';
import type { Identification } from '@munjigi/face-core';

/** What the door does, and why; `personId` is set only when granted. */
export interface Decision {
  readonly outcome: Outcome;
  readonly reason: Reason;
  readonly personId: string | null;
  readonly similarity: number | null;
  readonly runnerUpSimilarity: number | null;
}

/** Grants only to a person who was identified; whatever is doubtful is denied. */
export function decide(found: Identification): Decision {
  const { reason, personId, similarity, runnerUpSimilarity } = found;
  const isSomebody = reason === 'matched' && personId !== null;
  return {
    outcome: isSomebody ? 'granted' : 'denied',
    reason,
    personId: isSomebody ? personId : null,
    similarity,
    runnerUpSimilarity,
  };
}
