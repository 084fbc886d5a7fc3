import type { AgentDoorEvent, AgentEvent } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { clampSimilarity } from '../domain/similarity';
import type { Clock } from '../ports/clock';
import type { EventDraft } from '../ports/event-store';
import type { DoorHappening } from './actuate';
import type { VisitBegun } from './decide';

/** What an event says beside the visit itself. */
export interface RecordContext {
  readonly clock: Clock;
  /** Server clock minus wall clock, ms, and how far that may be wrong; nulls: never measured. */
  readonly clockOffsetMs: number | null;
  readonly clockErrorMs: number | null;
}

/** What an event of a visit says beside the visit itself. */
export interface VisitContext extends RecordContext {
  readonly modelId: string;
  readonly appliedRevision: number;
  /** Of the picture that goes with it; null: none does. */
  readonly pictureHash: string | null;
}

/** What the door tells of itself, or an operator did with it. */
export type DoorOccurrence =
  | DoorHappening
  | { readonly kind: 'clock-stepped'; readonly byMs: number }
  | { readonly kind: 'remote-unlock'; readonly commandId: string; readonly unlockMs: number };

/** What happened to the door as an event of this moment, to be written. */
export function occurrenceDraft(
  occurrence: DoorOccurrence,
  context: RecordContext,
): EventDraft<AgentDoorEvent> {
  const { kind, ...details } = detailed(occurrence);
  return { ...stamp(context), kind, details } as EventDraft<AgentDoorEvent>;
}

/** A visit as an event of this moment, to be written. */
export function visitDraft(
  { trackId, verdict, similarityMin, quality }: VisitBegun,
  context: VisitContext,
): EventDraft<AgentEvent> {
  const { modelId, appliedRevision, pictureHash } = context;
  return {
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
    ...(pictureHash === null ? {} : { pictureHash }),
  };
}

/** A tamper contact is the only source that a door has of its own. */
function detailed(occurrence: DoorOccurrence): { kind: DoorOccurrence['kind']; source?: string } {
  return occurrence.kind === 'tamper' ? { kind: 'tamper', source: 'contact' } : occurrence;
}

function stamp({ clock, clockOffsetMs, clockErrorMs }: RecordContext) {
  return {
    id: uuidV7() as AgentEvent['id'],
    occurredAt: new Date(clock.wallMs()).toISOString(),
    monotonicMs: clock.monotonicMs(),
    clockOffsetMs,
    clockErrorMs,
  };
}
