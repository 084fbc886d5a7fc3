import type { AgentEvent } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { clampSimilarity } from '../domain/similarity';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import type { VisitBegun } from './decide';

/** What an event says beside the visit itself. */
export interface RecordContext {
  readonly clock: Clock;
  readonly events: EventStore;
  readonly modelId: string;
  readonly appliedRevision: number;
  readonly clockOffsetMs: number | null;
}

/** Writes a visit to the outbox. @returns the event, which is durable from then on. */
export function recordVisit(
  { trackId, verdict, similarityMin, quality }: VisitBegun,
  context: RecordContext,
): AgentEvent {
  const { clock, events, modelId, appliedRevision, clockOffsetMs } = context;
  return events.append({
    id: uuidV7() as AgentEvent['id'],
    kind: 'access',
    occurredAt: new Date(clock.wallMs()).toISOString(),
    monotonicMs: clock.monotonicMs(),
    clockOffsetMs,
    trackId,
    outcome: verdict.outcome,
    reason: verdict.reason,
    personId: verdict.personId as AgentEvent['personId'],
    similarity: verdict.similarity === null ? null : clampSimilarity(verdict.similarity),
    runnerUpSimilarity:
      verdict.runnerUpSimilarity === null ? null : clampSimilarity(verdict.runnerUpSimilarity),
    similarityMin,
    quality,
    liveness: verdict.liveness,
    modelId,
    appliedRevision,
  });
}
