import type { AgentDoorEvent, AgentEvent } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { clampSimilarity } from '../domain/similarity';
import type { Clock } from '../ports/clock';
import type { EventDraft, EventStore } from '../ports/event-store';
import type { DoorHappening } from './actuate';
import type { VisitBegun } from './decide';

/** What an event says beside the visit itself. */
export interface RecordContext {
  readonly clock: Clock;
  readonly events: EventStore;
  readonly clockOffsetMs: number | null;
}

/** What an event of a visit says beside the visit itself. */
export interface VisitContext extends RecordContext {
  readonly modelId: string;
  readonly appliedRevision: number;
}

/** What the door tells of itself, or an operator did with it. */
export type DoorOccurrence =
  DoorHappening | { readonly kind: 'remote-unlock'; readonly commandId: string; readonly unlockMs: number };

/** Writes what happened to the door to the outbox. @returns the event, which is durable from then on. */
export function recordOccurrence(occurrence: DoorOccurrence, context: RecordContext): AgentDoorEvent {
  const { kind, ...details } = detailed(occurrence);
  const draft = { ...stamp(context), kind, details } as EventDraft<AgentDoorEvent>;
  return context.events.append<AgentDoorEvent>(draft);
}

/** Writes a visit to the outbox. @returns the event, which is durable from then on. */
export function recordVisit(
  { trackId, verdict, similarityMin, quality }: VisitBegun,
  context: VisitContext,
): AgentEvent {
  const { events, modelId, appliedRevision } = context;
  return events.append<AgentEvent>({
    ...stamp(context),
    kind: 'access',
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

/** A tamper contact is the only source that a door has of its own. */
function detailed(occurrence: DoorOccurrence): { kind: DoorOccurrence['kind']; source?: string } {
  return occurrence.kind === 'tamper' ? { kind: 'tamper', source: 'contact' } : occurrence;
}

function stamp({ clock, clockOffsetMs }: RecordContext) {
  return {
    id: uuidV7() as AgentEvent['id'],
    occurredAt: new Date(clock.wallMs()).toISOString(),
    monotonicMs: clock.monotonicMs(),
    clockOffsetMs,
  };
}
