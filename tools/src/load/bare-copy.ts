import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { EVENT_COLUMNS, EventRows } from '../seed/seed-events';
import type { SeededOrganisation } from '../seed/seed-site';

const EVENTS = 20_000;

/**
 * Events a second that the database takes when nothing is asked of it but to store them: one COPY, on one connection,
 * into an empty table with the same indexes.
 */
export async function bareCopyRate(database: Client, organisation: SeededOrganisation): Promise<number> {
  const rows = new EventRows(organisation, 0);
  const text = Buffer.from([...rows.of({ startMs: Date.now(), count: EVENTS })].join(''));
  await database.query('CREATE TABLE bare_copy (LIKE access_event INCLUDING ALL)');
  try {
    const startedAt = performance.now();
    await pipeline(
      Readable.from([text]),
      database.query(copyFrom(`COPY bare_copy (${EVENT_COLUMNS}) FROM STDIN`)),
    );
    return Math.round(EVENTS / ((performance.now() - startedAt) / 1000));
  } finally {
    await database.query('DROP TABLE bare_copy');
  }
}
