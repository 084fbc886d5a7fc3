import { Injectable } from '@nestjs/common';
import type { AgentDoorEvent, AgentEvent, PushedEvent } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import { conflictOf, outboxOf, type EventBatch, type RecordedBatch } from './event-batch';
import { EventCursors, type Cursor } from './event-cursors';

/** What became of a batch, or why it was refused. */
export type BatchOutcome = RecordedBatch | AppError;

/** What a group of batches has added to the account. */
export interface StoredGroup {
  /** In the order of the batches. */
  readonly outcomes: readonly BatchOutcome[];
  readonly access: readonly (AgentEvent & { readonly doorId: string })[];
  readonly doors: readonly (AgentDoorEvent & { readonly doorId: string })[];
}

/** An event that is stored already. */
interface Place {
  readonly id: string;
  readonly door_id: string;
  readonly epoch: string | null;
  readonly sequence: string | null;
}

/**
 * Writes doors' events in the caller's transaction, each exactly once. The cursors of the outboxes are locked first, so
 * that nobody else can fill a place between the look and the writing.
 */
@Injectable()
export class EventStore {
  constructor(private readonly cursors: EventCursors) {}

  /** @param group at most one batch of each outbox; a batch that contradicts what is stored is refused alone. */
  async store(manager: EntityManager, group: readonly EventBatch[]): Promise<StoredGroup> {
    const cursors = await this.cursors.lock(manager, group);
    const stored = await findStored(manager, group, cursors);
    const plans = group.map((batch) => plan(batch, cursors.get(outboxOf(batch))!, stored));
    const fresh = plans.flatMap(({ fresh: events }, index) =>
      events.map((event) => ({ ...event, doorId: group[index]!.doorId, epoch: group[index]!.epoch })),
    );
    const access = fresh.filter((event) => event.kind === 'access');
    const doors = fresh.filter((event) => event.kind !== 'access');
    const receivedAt = new Date();
    if (access.length > 0) await manager.query(INSERT_ACCESS, [receivedAt, JSON.stringify(access)]);
    if (doors.length > 0) await manager.query(INSERT_DOOR, [receivedAt, JSON.stringify(doors)]);
    await this.cursors.move(
      manager,
      plans.flatMap(({ moved }) => moved ?? []),
    );
    return { outcomes: plans.map(({ outcome }) => outcome), access, doors };
  }
}

/** What is to be done with a batch. */
interface Plan {
  readonly outcome: BatchOutcome;
  readonly fresh: readonly PushedEvent[];
  readonly moved?: Cursor;
}

function plan(batch: EventBatch, cursor: Cursor, stored: StoredPlaces): Plan {
  const conflicts: number[] = [];
  const fresh: PushedEvent[] = [];
  for (const [index, event] of batch.events.entries()) {
    const taken = stored.taken(batch, event);
    if (taken === 'by-another') conflicts.push(index);
    // What is acknowledged and no longer there has been removed since; it does not come back.
    else if (taken === null && event.sequence > cursor.acknowledged) fresh.push(event);
  }
  if (conflicts.length > 0) return { outcome: conflictOf(conflicts), fresh: [] };
  const first = batch.events[0]?.sequence ?? 1;
  const last = batch.events.at(-1)?.sequence ?? 0;
  const highest = Math.max(cursor.highest, last);
  const missing = Math.max(0, first - cursor.acknowledged - 1);
  // Something between is still on its way: keep this, and let the door keep it too until that has come.
  const held = missing > 0 && !batch.startsAtOldest;
  const acknowledged = held ? cursor.acknowledged : Math.max(cursor.acknowledged, last);
  return {
    outcome: { acknowledgedSequence: acknowledged, missing: held ? 0 : missing },
    fresh,
    moved: { ...cursor, acknowledged, highest },
  };
}

/** The events that hold an id or a place of a group. */
class StoredPlaces {
  private readonly byId = new Map<string, Place>();
  private readonly byPlace = new Map<string, string>();

  add(place: Place): void {
    this.byId.set(place.id, place);
    if (place.epoch !== null && place.sequence !== null)
      this.byPlace.set(placeKey(place.door_id, place.epoch, Number(place.sequence)), place.id);
  }

  taken(batch: EventBatch, event: PushedEvent): 'by-itself' | 'by-another' | null {
    const id = event.id.toLowerCase();
    const key = placeKey(batch.doorId, batch.epoch, event.sequence);
    const holder = this.byPlace.get(key);
    if (holder !== undefined) return holder === id ? 'by-itself' : 'by-another';
    return this.byId.has(id) ? 'by-another' : null;
  }
}

function placeKey(doorId: string, epoch: string, sequence: number): string {
  return `${outboxOf({ doorId, epoch })}/${sequence}`;
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
    liveness, model_id, applied_revision)
  SELECT event.id, "doorId", door.site_id, epoch, sequence, "occurredAt", $1::timestamptz, "monotonicMs",
    "clockOffsetMs", "trackId", outcome, reason, "personId", similarity, "runnerUpSimilarity", "similarityMin",
    quality, liveness, "modelId", "appliedRevision"
  FROM jsonb_to_recordset($2::jsonb) AS event (id uuid, "doorId" uuid, epoch uuid, sequence bigint,
    "occurredAt" timestamptz, "monotonicMs" double precision, "clockOffsetMs" double precision, "trackId" uuid,
    outcome text, reason text, "personId" uuid, similarity double precision,
    "runnerUpSimilarity" double precision, "similarityMin" double precision, quality real, liveness real, "modelId" text,
    "appliedRevision" bigint)
  JOIN door ON door.id = event."doorId"`;

const INSERT_DOOR = `
  INSERT INTO door_event (id, door_id, site_id, epoch, sequence, kind, occurred_at, received_at, monotonic_ms,
    clock_offset_ms, details)
  SELECT event.id, "doorId", door.site_id, epoch, sequence, kind, "occurredAt", $1::timestamptz, "monotonicMs",
    "clockOffsetMs", details
  FROM jsonb_to_recordset($2::jsonb) AS event (id uuid, "doorId" uuid, epoch uuid, sequence bigint, kind text,
    "occurredAt" timestamptz, "monotonicMs" double precision, "clockOffsetMs" double precision, details jsonb)
  JOIN door ON door.id = event."doorId"`;
