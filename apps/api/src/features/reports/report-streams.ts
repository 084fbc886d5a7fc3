import { Injectable } from '@nestjs/common';
import type { Pool, PoolClient, QueryArrayConfig } from 'pg';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { busy, tooLong, unknownTimeZone } from './report-errors';
import type { ReportQuery } from './report-kinds';

/** A row as the database gives it: a value for each column, and last the time zone. */
export type RawRow = readonly unknown[];

const BATCH_ROWS = 1_000;
/** So many connections of a process stay for others, whatever is exported. */
const STREAMS_MAX = 3;
/** What the database may think about one batch; the first may need all of a sort. */
const BATCH_TIMEOUT_MS = 10 * 60_000;
/** A reader who takes nothing for so long is gone. */
const STALL_MS = 2 * 60_000;

/**
 * Reads reports row by row, each from one snapshot, in a read-only transaction on a connection of its own. No more is
 * read ahead than a batch, and whoever stops reading stops the query.
 */
@Injectable()
export class ReportStreams {
  private open = 0;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * The rows of a report, in batches.
   *
   * @param signal aborts the query, even while the database thinks
   * @param background does not count: the jobs see to it that there are few
   * @throws {AppError} `reports/busy`, `reports/too-long`, `reports/time-zone`; what the signal was aborted with
   */
  async *batches(
    query: ReportQuery,
    signal: AbortSignal,
    { background = false } = {},
  ): AsyncGenerator<RawRow[]> {
    if (background) {
      yield* this.unlimited(query, signal);
      return;
    }
    if (this.open >= STREAMS_MAX) throw busy();
    this.open += 1;
    try {
      yield* this.unlimited(query, signal);
    } finally {
      this.open -= 1;
    }
  }

  /** How many are being read by this process. */
  get active(): number {
    return this.open;
  }

  private async *unlimited(query: ReportQuery, signal: AbortSignal): AsyncGenerator<RawRow[]> {
    signal.throwIfAborted();
    yield* read(await this.pool().connect(), query, signal);
  }

  private pool(): Pool {
    return (this.dataSource.driver as PostgresDriver).master as Pool;
  }
}

async function* read(client: PoolClient, query: ReportQuery, signal: AbortSignal): AsyncGenerator<RawRow[]> {
  let over = false;
  const release = (broken: boolean) => {
    if (over) return;
    over = true;
    signal.removeEventListener('abort', abort);
    client.release(broken);
    client.off('error', abort);
  };
  // The connection is cut: PostgreSQL looks for that while it works, and gives up.
  const abort = () => release(true);
  signal.addEventListener('abort', abort);
  // Between two batches nobody else would hear that the database has gone.
  client.on('error', abort);
  try {
    await begin(client, query);
    for (;;) {
      const rows = await fetch(client);
      signal.throwIfAborted();
      if (rows.length > 0) yield* watched(rows, abort);
      if (over) throw new Error('The report was read too slowly, or the database has gone.');
      if (rows.length < BATCH_ROWS) break;
    }
    await client.query('COMMIT');
    release(false);
  } catch (error) {
    signal.throwIfAborted();
    throw toldOf(error);
  } finally {
    release(true);
  }
}

/** Gives a batch, and cuts the connection of a reader who does not come for the next. */
function* watched(rows: RawRow[], cut: () => void): Generator<RawRow[]> {
  const timer = setTimeout(cut, STALL_MS).unref();
  try {
    yield rows;
  } finally {
    clearTimeout(timer);
  }
}

async function begin(client: PoolClient, { select, orderBy, values }: ReportQuery): Promise<void> {
  await client.query('BEGIN READ ONLY');
  // All of it is wanted, and the sorts of a large report are better in memory.
  await client.query(`SET LOCAL cursor_tuple_fraction = 1; SET LOCAL work_mem = '32MB';
    SET LOCAL statement_timeout = ${BATCH_TIMEOUT_MS}; SET LOCAL client_connection_check_interval = '1s'`);
  await client.query({
    text: `DECLARE report NO SCROLL CURSOR FOR ${select} ORDER BY ${orderBy}`,
    values: [...values],
    ...TIMEOUT,
  });
}

async function fetch(client: PoolClient): Promise<RawRow[]> {
  const config: QueryArrayConfig = { text: `FETCH ${BATCH_ROWS} FROM report`, rowMode: 'array', ...TIMEOUT };
  return (await client.query<unknown[]>(config)).rows;
}

/** In place of the connection's own; node-postgres takes it by query, its types do not say so. */
const TIMEOUT = { query_timeout: BATCH_TIMEOUT_MS + 5_000 };

/** What an error of the database means for a report. */
export function toldOf(error: unknown): unknown {
  const { code } = error as { code?: string };
  if (code === '57014') return tooLong(error);
  // invalid_parameter_value: of these queries, only a time zone can be one.
  return code === '22023' ? unknownTimeZone(error) : error;
}
