import { Injectable } from '@nestjs/common';
import type { AgentDoorEvent, AgentEvent, PushedEvent } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { planBatch, StoredPlaces, type BatchPlan, type Place } from './batch-plan';
import { DeadLetters } from './dead-letters';
import { outboxOf, type EventBatch, type RecordedBatch } from './event-batch';
import { EventCursors, type Cursor } from './event-cursors';
import { EventGaps } from './event-gaps';
import { extraOf } from './event-link';

/** What a group of batches has added to the account. */
export interface StoredGroup {
  /** In the order of the batches. */
  readonly outcomes: readonly RecordedBatch[];
  readonly access: readonly (AgentEvent & { readonly doorId: string })[];
  readonly doors: readonly (AgentDoorEvent & { readonly doorId: string })[];
}

/**
 * Writes doors' events in the caller's transaction, each exactly once. The cursors of the outboxes are locked first, so
 * that nobody else can fill a place between the look and the writing.
 */
@Injectable()
export class EventStore {
  constructor(
    private readonly cursors: EventCursors,
    private readonly letters: DeadLetters,
    private readonly gaps: EventGaps,
  ) {}

  /** @param group at most one batch of each outbox; events that contradict what is stored are set aside alone. */
  async store(manager: EntityManager, group: readonly EventBatch[]): Promise<StoredGroup> {
    const cursors = await this.cursors.lock(manager, group);
    const stored = await findStored(manager, group, cursors);
    const plans = group.map((batch) => planBatch(batch, cursors.get(outboxOf(batch))!, stored));
    const fresh = plans.flatMap(({ fresh: events }, index) => events.map(storedIn(group[index]!)));
    const access = fresh.filter((event) => event.kind === 'access');
    const doors = fresh.filter((event) => event.kind !== 'access');
    const receivedAt = new Date();
    if (access.length > 0) await manager.query(INSERT_ACCESS, [receivedAt, JSON.stringify(access)]);
    if (doors.length > 0) await manager.query(INSERT_DOOR, [receivedAt, JSON.stringify(doors)]);
    await this.letters.keep(manager, plans.flatMap(lettersIn(group)), receivedAt);
    const outcomes: RecordedBatch[] = [];
    for (const [index, { gaps, letters, moved }] of plans.entries()) {
      const missing = await this.gaps.note(manager, group[index]!, gaps, receivedAt);
      outcomes.push({ acknowledgedSequence: moved.acknowledged, missing, refused: letters.length });
    }
    await this.cursors.move(
      manager,
      plans.map(({ moved }) => moved),
    );
    return { outcomes, access, doors };
  }
}

/** An event of a batch as it is stored. */
function storedIn({ doorId, epoch, links = [] }: EventBatch) {
  const bySequence = new Map(links.map((link) => [link.received.sequence, link]));
  return (event: PushedEvent) => {
    const link = bySequence.get(event.sequence);
    const stored = { ...event, doorId, epoch };
    if (!link || link.previousHash === null) return stored;
    // Its details as they came: what is hashed is not to lose what this server does not know.
    const asReceived = event.kind === 'access' ? {} : { details: link.received.details };
    return Object.assign(stored, asReceived, { extra: extraOf(link) });
  };
}

/** The events that plans set aside, with the outboxes of the batches that they are of. */
function lettersIn(group: readonly EventBatch[]) {
  return ({ letters }: BatchPlan, index: number) => {
    const { doorId, epoch } = group[index]!;
    return letters.map((letter) => ({ ...letter, doorId, epoch }));
  };
}

/** Looks for the ids in every month, and for the places where a place may be taken at all. */
async function findStored(
  manager: EntityManager,
  group: readonly EventBatch[],
  cursors: ReadonlyMap<string, Cursor>,
): Promise<StoredPlaces> {
  const places = new StoredPlaces();
  const ids = group.flatMap((batch) => batch.events.map((event) => event.id));
  for (const place of await manager.query<Place[]>(FIND_BY_ID, [ids])) places.add(place);
  const sought = group.flatMap((batch) =>
    batch.events
      .filter((event) => event.sequence <= cursors.get(outboxOf(batch))!.highest)
      .map((event) => [batch.doorId, batch.epoch, event.sequence] as const),
  );
  if (sought.length === 0) return places;
  const columns = [0, 1, 2].map((column) => sought.map((place) => place[column]));
  for (const place of await manager.query<Place[]>(FIND_BY_PLACE, columns)) places.add(place);
  return places;
}

const FIND_BY_ID = ['access_event', 'door_event']
  .map((table) => `SELECT id, door_id, epoch, sequence FROM ${table} WHERE id = ANY($1::uuid[])`)
  .join(' UNION ALL ');

const FIND_BY_PLACE = ['access_event', 'door_event']
  .map(
    (table) => `
    SELECT event.id, event.door_id, event.epoch, event.sequence
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS place (door_id, epoch, sequence)
    JOIN ${table} AS event USING (door_id, epoch, sequence)`,
  )
  .join(' UNION ALL ');

const INSERT_ACCESS = `
  INSERT INTO access_event (id, door_id, site_id, epoch, sequence, occurred_at, received_at, monotonic_ms,
    clock_offset_ms, track_id, outcome, reason, person_id, similarity, runner_up_similarity, similarity_min, quality,
    liveness, model_id, applied_revision, clock_error_ms, previous_hash, extra, picture_hash)
  SELECT event.id, "doorId", door.site_id, epoch, sequence, "occurredAt", $1::timestamptz, "monotonicMs",
    "clockOffsetMs", "trackId", outcome, reason, "personId", similarity, "runnerUpSimilarity", "similarityMin",
    quality, liveness, "modelId", "appliedRevision", "clockErrorMs",
    decode(translate("previousHash", '-_', '+/') || '=', 'base64'), extra,
    decode(translate("pictureHash", '-_', '+/') || '=', 'base64')
  FROM jsonb_to_recordset($2::jsonb) AS event (id uuid, "doorId" uuid, epoch uuid, sequence bigint,
    "occurredAt" timestamptz, "monotonicMs" double precision, "clockOffsetMs" double precision, "trackId" uuid,
    outcome text, reason text, "personId" uuid, similarity double precision,
    "runnerUpSimilarity" double precision, "similarityMin" double precision, quality real, liveness real, "modelId" text,
    "appliedRevision" bigint, "clockErrorMs" double precision, "previousHash" text, extra jsonb, "pictureHash" text)
  JOIN door ON door.id = event."doorId"`;

const INSERT_DOOR = `
  INSERT INTO door_event (id, door_id, site_id, epoch, sequence, kind, occurred_at, received_at, monotonic_ms,
    clock_offset_ms, details, clock_error_ms, previous_hash, extra)
  SELECT event.id, "doorId", door.site_id, epoch, sequence, kind, "occurredAt", $1::timestamptz, "monotonicMs",
    "clockOffsetMs", details, "clockErrorMs", decode(translate("previousHash", '-_', '+/') || '=', 'base64'), extra
  FROM jsonb_to_recordset($2::jsonb) AS event (id uuid, "doorId" uuid, epoch uuid, sequence bigint, kind text,
    "occurredAt" timestamptz, "monotonicMs" double precision, "clockOffsetMs" double precision, details jsonb,
    "clockErrorMs" double precision, "previousHash" text, extra jsonb)
  JOIN door ON door.id = event."doorId"`;
