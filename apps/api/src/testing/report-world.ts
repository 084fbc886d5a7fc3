import { newId } from '../platform/database/uuid';
import { EventPartitions } from '../features/events/event-partitions';
import type { TestServer } from './test-server';

/** A visit that a test writes straight into the account of visits. */
export interface ToldVisit {
  readonly doorId: string;
  readonly at: string;
  readonly personId?: string | null;
  readonly outcome?: 'granted' | 'denied';
}

/** Adds visits as doors would have told them, at each door's site of now. */
export async function addVisits(server: TestServer, visits: readonly ToldVisit[]): Promise<void> {
  await server.running.app.get(EventPartitions).ensure(visits.map(({ at }) => new Date(at)));
  const rows = visits.map((visit, index) => ({
    ...{ personId: null, outcome: 'granted', ...visit },
    reason: visit.outcome === 'denied' ? 'unknown-person' : 'matched',
    ...{ id: newId(), sequence: index + 1 },
  }));
  await server.dataSource.query(
    `INSERT INTO access_event (id, door_id, site_id, epoch, sequence, occurred_at, received_at, monotonic_ms,
       track_id, outcome, reason, person_id, similarity, similarity_min, model_id, applied_revision)
     SELECT visit.id, door.id, door.site_id, $2, sequence, at, at, 0, visit.id, outcome, reason, "personId", 0.71234,
       0.4, 'mobilefacenet-192', 0
     FROM jsonb_to_recordset($1::jsonb) AS visit (id uuid, "doorId" uuid, at timestamptz, "personId" uuid,
       outcome text, reason text, sequence bigint)
     JOIN door ON door.id = visit."doorId"`,
    [JSON.stringify(rows), newId()],
  );
}

/** Adds many visits at a door within one month, one a second from an instant. */
export async function addManyVisits(
  server: TestServer,
  many: { doorId: string; personId: string; from: string; count: number },
): Promise<void> {
  await server.running.app.get(EventPartitions).ensure([new Date(many.from)]);
  await server.dataSource.query(
    `INSERT INTO access_event (id, door_id, site_id, epoch, sequence, occurred_at, received_at, monotonic_ms,
       track_id, outcome, reason, person_id, similarity, similarity_min, model_id, applied_revision)
     SELECT gen_random_uuid(), door.id, door.site_id, $2, n, $3::timestamptz + make_interval(secs => n), now(), 0,
       gen_random_uuid(), 'granted', 'matched', $4, 0.7, 0.4, 'mobilefacenet-192', 0
     FROM door, generate_series(1, $5::integer) AS n WHERE door.id = $1`,
    [many.doorId, newId(), many.from, many.personId, many.count],
  );
}

/** Sets the area that a door leads out of and the one that it leads into; null is outside. */
export async function leadDoor(
  server: TestServer,
  doorId: string,
  [fromAreaId, toAreaId]: readonly [string | null, string | null],
): Promise<void> {
  await server.dataSource.query(
    `INSERT INTO access_rule (kind, id, site_id, name, definition, created_at, updated_at)
     SELECT 'door', id, site_id, name, $2, now(), now() FROM door WHERE id = $1
     ON CONFLICT (kind, id) DO UPDATE SET definition = excluded.definition`,
    [doorId, JSON.stringify({ fromAreaId, toAreaId })],
  );
}
