import type { accessEventSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import { portraitUrl } from '../people/person.presenter';

/** An event as the database gives it, with the names of today. */
export interface EventRow {
  readonly id: string;
  readonly door_id: string;
  readonly door_name: string;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly outcome: 'granted' | 'denied';
  readonly reason: z.input<typeof accessEventSchema>['reason'];
  readonly person_id: string | null;
  /** Null when there was no person, or they have been deleted. */
  readonly person_name: string | null;
  /** Null when no portrait is kept. */
  readonly portrait_updated_at: Date | null;
  readonly similarity: number | null;
  readonly runner_up_similarity: number | null;
  readonly similarity_min: number;
  readonly quality: number | null;
  readonly liveness: number | null;
  readonly applied_revision: string;
  readonly model_id: string;
  readonly track_id: string;
  readonly epoch: string;
  readonly sequence: string;
  readonly site_id: string;
  /** Whether the door's picture is here, whole. */
  readonly has_picture: boolean;
}

/** An event as the wire has it. */
export function presentEvent(row: EventRow): z.input<typeof accessEventSchema> {
  return {
    id: row.id,
    door: { id: row.door_id, name: row.door_name },
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    outcome: row.outcome,
    reason: row.reason,
    person: row.person_id === null ? null : presentPassant(row.person_id, row),
    similarity: row.similarity,
    runnerUpSimilarity: row.runner_up_similarity,
    similarityMin: row.similarity_min,
    quality: row.quality,
    liveness: row.liveness,
    appliedRevision: Number(row.applied_revision),
    modelId: row.model_id,
    trackId: row.track_id,
    epoch: row.epoch,
    sequence: Number(row.sequence),
    pictureUrl: row.has_picture ? `/api/events/${row.id}/picture` : null,
  };
}

function presentPassant(id: string, { person_name: name, portrait_updated_at: pictured }: EventRow) {
  return { id, name, portraitUrl: pictured && portraitUrl(id, pictured) };
}
