import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows of one statement: each must end well within the time that a statement may take. */
const ROWS_PER_STEP = 50_000;

/**
 * Events in a table for each month, with the site where they happened, and a table of the same make for what happens to
 * doors apart from visits. What has a date far from today, as from a clock that was never set, is in a default
 * partition. A cursor keeps the highest place that is taken, so that a new event needs no search for an old one.
 */
export class EventPartitions1790320000000 implements MigrationInterface {
  readonly name = 'EventPartitions1790320000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_event RENAME TO access_event_whole;
      ALTER TABLE access_event_whole RENAME CONSTRAINT access_event_pk TO access_event_whole_pk;
      ALTER INDEX access_event_time_idx RENAME TO access_event_whole_time_idx;
      DROP INDEX access_event_place_key, access_event_door_time_idx, access_event_person_time_idx`);
    await createAccessEvents(runner);
    await createDoorEvents(runner);
    await runner.query(`
      ALTER TABLE event_cursor ADD highest_sequence bigint NOT NULL DEFAULT 0;
      UPDATE event_cursor SET highest_sequence = greatest(acknowledged_sequence, coalesce(
        (SELECT max(sequence) FROM access_event_whole AS event
         WHERE event.door_id = event_cursor.door_id AND event.epoch = event_cursor.epoch), 0));
      ALTER TABLE event_cursor ALTER highest_sequence DROP DEFAULT`);
    await createMonthsOf(runner, 'access_event_whole');
    await copy(runner, {
      from: 'access_event_whole',
      insert: `INSERT INTO access_event (${COLUMNS}, site_id)`,
      columns: `${prefixed('event')}, door.site_id`,
      join: 'JOIN door ON door.id = event.door_id',
    });
    await runner.query('DROP TABLE access_event_whole');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE access_event RENAME TO access_event_parts;
      ALTER INDEX access_event_pk RENAME TO access_event_parts_pk;
      ALTER INDEX access_event_time_idx RENAME TO access_event_parts_time_idx;
      DROP INDEX access_event_place_key, access_event_door_time_idx, access_event_person_time_idx;
      CREATE TABLE access_event (
        ${ACCESS_COLUMNS},
        CONSTRAINT access_event_pk PRIMARY KEY (id)
      );
      ALTER TABLE access_event DROP COLUMN site_id`);
    await copy(runner, {
      from: 'access_event_parts',
      insert: `INSERT INTO access_event (${COLUMNS})`,
      columns: prefixed('event'),
      join: '',
    });
    await runner.query(`
      CREATE UNIQUE INDEX access_event_place_key ON access_event (door_id, epoch, sequence);
      CREATE INDEX access_event_time_idx ON access_event (occurred_at, id);
      CREATE INDEX access_event_door_time_idx ON access_event (door_id, occurred_at, id);
      CREATE INDEX access_event_person_time_idx ON access_event (person_id, occurred_at, id)
        WHERE person_id IS NOT NULL;
      DROP TABLE access_event_parts, door_event;
      ALTER TABLE event_cursor DROP highest_sequence`);
  }
}

const COLUMNS = `id, door_id, epoch, sequence, occurred_at, received_at, monotonic_ms, clock_offset_ms, track_id,
  outcome, reason, person_id, similarity, runner_up_similarity, similarity_min, model_id, applied_revision`;

function prefixed(table: string): string {
  return COLUMNS.split(',')
    .map((column) => `${table}.${column.trim()}`)
    .join(', ');
}

const ACCESS_COLUMNS = `
  id uuid NOT NULL,
  door_id uuid NOT NULL CONSTRAINT access_event_door_fk REFERENCES door ON DELETE RESTRICT,
  site_id uuid NOT NULL,
  epoch uuid NOT NULL,
  sequence bigint NOT NULL,
  occurred_at timestamptz(3) NOT NULL,
  received_at timestamptz(3) NOT NULL,
  monotonic_ms double precision NOT NULL,
  clock_offset_ms double precision,
  track_id uuid NOT NULL,
  outcome text NOT NULL CONSTRAINT access_event_outcome_known CHECK (outcome IN ('granted', 'denied')),
  reason text NOT NULL,
  person_id uuid,
  similarity double precision,
  runner_up_similarity double precision,
  similarity_min double precision NOT NULL,
  model_id text NOT NULL,
  applied_revision bigint NOT NULL`;

async function createAccessEvents(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE access_event (
      ${ACCESS_COLUMNS},
      CONSTRAINT access_event_pk PRIMARY KEY (id, occurred_at)
    ) PARTITION BY RANGE (occurred_at);
    CREATE UNIQUE INDEX access_event_place_key ON access_event (door_id, epoch, sequence, occurred_at);
    CREATE INDEX access_event_time_idx ON access_event (occurred_at, id);
    CREATE INDEX access_event_door_time_idx ON access_event (door_id, occurred_at, id);
    CREATE INDEX access_event_site_time_idx ON access_event (site_id, occurred_at, id);
    CREATE INDEX access_event_person_time_idx ON access_event (person_id, occurred_at, id) WHERE person_id IS NOT NULL;
    CREATE INDEX access_event_denied_time_idx ON access_event (occurred_at, id) WHERE outcome = 'denied';
    CREATE TABLE access_event_default PARTITION OF access_event DEFAULT`);
}

async function createDoorEvents(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE door_event (
      id uuid NOT NULL,
      door_id uuid NOT NULL CONSTRAINT door_event_door_fk REFERENCES door ON DELETE RESTRICT,
      site_id uuid NOT NULL,
      epoch uuid,
      sequence bigint,
      kind text NOT NULL,
      occurred_at timestamptz(3) NOT NULL,
      received_at timestamptz(3) NOT NULL,
      monotonic_ms double precision,
      clock_offset_ms double precision,
      details jsonb NOT NULL,
      CONSTRAINT door_event_pk PRIMARY KEY (id, occurred_at),
      CONSTRAINT door_event_place_whole CHECK ((epoch IS NULL) = (sequence IS NULL))
    ) PARTITION BY RANGE (occurred_at);
    CREATE UNIQUE INDEX door_event_place_key ON door_event (door_id, epoch, sequence, occurred_at)
      WHERE epoch IS NOT NULL;
    CREATE INDEX door_event_time_idx ON door_event (occurred_at, id);
    CREATE INDEX door_event_door_time_idx ON door_event (door_id, occurred_at, id);
    CREATE INDEX door_event_site_time_idx ON door_event (site_id, occurred_at, id);
    CREATE TABLE door_event_default PARTITION OF door_event DEFAULT`);
}

/** A partition for each month that has events of a believable date. */
async function createMonthsOf(runner: QueryRunner, table: string): Promise<void> {
  const months = (await runner.query(
    `SELECT DISTINCT to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month FROM ${table}
     WHERE occurred_at >= '2020-01-01' AND occurred_at < now() + interval '2 months' ORDER BY 1`,
  )) as { month: string }[];
  for (const { month } of months) {
    const [year, ordinal] = month.split('-').map(Number) as [number, number];
    const end = new Date(Date.UTC(year, ordinal, 1)).toISOString();
    await runner.query(
      `CREATE TABLE access_event_${month.replace('-', '_')} PARTITION OF access_event
       FOR VALUES FROM ('${month}-01T00:00:00Z') TO ('${end}')`,
    );
  }
}

/** Copies a table in steps along its index by time. */
async function copy(
  runner: QueryRunner,
  { from, insert, columns, join }: { from: string; insert: string; columns: string; join: string },
): Promise<void> {
  let after: unknown[] = ['-infinity', '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const [last] = (await runner.query(
      `SELECT occurred_at, id FROM (SELECT occurred_at, id FROM ${from} WHERE (occurred_at, id) > ($1, $2)
         ORDER BY occurred_at, id LIMIT ${ROWS_PER_STEP}) AS step ORDER BY occurred_at DESC, id DESC LIMIT 1`,
      after,
    )) as { occurred_at: Date; id: string }[];
    if (!last) return;
    const until = [last.occurred_at, last.id];
    await runner.query(
      `${insert} SELECT ${columns} FROM ${from} AS event ${join}
       WHERE (event.occurred_at, event.id) > ($1, $2) AND (event.occurred_at, event.id) <= ($3, $4)`,
      [...after, ...until],
    );
    after = until;
  }
}
