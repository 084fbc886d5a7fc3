import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { asOwner } from '../../platform/database/server-role';
import {
  isBelievable,
  monthAfter,
  monthOf,
  monthOfPartition,
  startOf,
  suffixOf,
  type Month,
} from './event-months';

/** The tables that are partitioned by month of `occurred_at`. */
const TABLES = ['access_event', 'door_event'] as const;

/** Key of the lock under which partitions are made and dropped, by one process at a time. */
const PARTITIONS_LOCK = 0x6d6e6a70;
/** Rows of one statement that removes events one by one. */
const ROWS_PER_REMOVAL = 20_000;

/** Makes and drops the months of events. An event of a month that has no partition is in the default one. */
@Injectable()
export class EventPartitions {
  /** Suffixes of months that are known to be there. Another process may have dropped one: the default takes over. */
  private readonly known = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /** Guarantees partitions for these instants, unless they are unbelievably far from now. */
  async ensure(instants: Iterable<Date>, now = new Date()): Promise<void> {
    const wanted = new Map<string, Month>();
    for (const instant of instants) {
      const month = monthOf(instant);
      const suffix = suffixOf(month);
      if (!this.known.has(suffix) && isBelievable(month, now)) wanted.set(suffix, month);
    }
    for (const [suffix, month] of wanted) {
      await this.make(month);
      this.known.add(suffix);
    }
  }

  /** Guarantees the partitions of this month and the next two, so that no event has to wait for one. */
  async makeAhead(now = new Date()): Promise<void> {
    const month = monthOf(now);
    await this.ensure(
      [0, 1, 2].map((ahead) => startOf(monthAfter(month, ahead))),
      now,
    );
  }

  /**
   * Removes the events that occurred before an instant, at one site or everywhere. Everywhere, whole months go at once,
   * whatever they hold; what is left, and a site's, goes row by row in small transactions.
   *
   * What was set aside goes by when it came: when it happened may not be known.
   *
   * A door that sends a removed event again is told that it is stored.
   *
   * @returns how many were removed; whole months count by the database's estimate.
   */
  async dropEventsBefore(instant: Date, siteId?: string): Promise<{ removed: number; exact: boolean }> {
    let removed = 0;
    let exact = true;
    if (siteId === undefined) {
      for (const { table, month } of await this.list()) {
        if (startOf(monthAfter(month, 1)) > instant) continue;
        removed += await this.drop(table, month);
        exact = false;
      }
    }
    for (const table of TABLES) removed += await this.removeRows(table, instant, siteId);
    removed += await this.removeSetAside(instant, siteId);
    return { removed, exact };
  }

  /** Every partition of a month, oldest first. */
  async list(): Promise<{ table: (typeof TABLES)[number]; month: Month }[]> {
    const rows = await this.dataSource.query<{ parent: (typeof TABLES)[number]; name: string }[]>(
      `SELECT parent.relname AS parent, child.relname AS name FROM pg_inherits
       JOIN pg_class AS parent ON parent.oid = inhparent JOIN pg_class AS child ON child.oid = inhrelid
       WHERE parent.relnamespace = current_schema()::regnamespace AND parent.relname = ANY($1) ORDER BY child.relname`,
      [TABLES],
    );
    return rows.flatMap(({ parent, name }) => {
      const month = monthOfPartition(name);
      return month ? [{ table: parent, month }] : [];
    });
  }

  private async make(month: Month): Promise<void> {
    await this.locked(async (manager) => {
      for (const table of TABLES) await makePartition(manager, table, month);
    });
  }

  private async drop(table: string, month: Month): Promise<number> {
    const name = `${table}_${suffixOf(month)}`;
    const estimate = await this.locked(async (manager) => {
      const [row] = await manager.query<{ estimate: number }[]>(
        'SELECT greatest(reltuples, 0)::bigint::float8 AS estimate FROM pg_class WHERE oid = to_regclass($1)',
        [name],
      );
      await manager.query(`DROP TABLE IF EXISTS ${name}`);
      return row?.estimate ?? 0;
    });
    this.known.delete(suffixOf(month));
    return estimate;
  }

  private async removeRows(table: string, instant: Date, siteId?: string): Promise<number> {
    const parameters: unknown[] = siteId === undefined ? [instant] : [instant, siteId];
    let removed = 0;
    for (;;) {
      const [, count] = await this.dataSource.query<[unknown, number]>(
        `DELETE FROM ${table} USING (
           SELECT id, occurred_at FROM ${table} WHERE occurred_at < $1 ${siteId === undefined ? '' : 'AND site_id = $2'}
           ORDER BY occurred_at LIMIT ${ROWS_PER_REMOVAL}) AS old
         WHERE ${table}.id = old.id AND ${table}.occurred_at = old.occurred_at`,
        parameters,
      );
      removed += count;
      if (count < ROWS_PER_REMOVAL) return removed;
    }
  }

  private async removeSetAside(instant: Date, siteId?: string): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM dead_letter WHERE received_at < $1 ${siteId === undefined ? '' : 'AND site_id = $2'}`,
      siteId === undefined ? [instant] : [instant, siteId],
    );
    return count;
  }

  private locked<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [PARTITIONS_LOCK]);
      await asOwner(manager);
      return work(manager);
    });
  }
}

/**
 * Makes one month of one table unless it is there. It is filled with what the default partition holds of that month
 * and then attached, which keeps readers and writers of the other months waiting for a moment at most.
 */
async function makePartition(manager: EntityManager, table: string, month: Month): Promise<void> {
  const name = `${table}_${suffixOf(month)}`;
  const [{ present }] = await manager.query<[{ present: boolean }]>(
    'SELECT to_regclass($1) IS NOT NULL AS present',
    [name],
  );
  if (present) return;
  const bounds = [startOf(month).toISOString(), startOf(monthAfter(month, 1)).toISOString()] as const;
  const within = `occurred_at >= '${bounds[0]}' AND occurred_at < '${bounds[1]}'`;
  await manager.query(`LOCK TABLE ONLY ${table}_default IN ACCESS EXCLUSIVE MODE`);
  await manager.query(`
    CREATE TABLE ${name} (LIKE ${table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
    WITH moved AS (DELETE FROM ${table}_default WHERE ${within} RETURNING *)
      INSERT INTO ${name} SELECT * FROM moved;
    ALTER TABLE ${table} ATTACH PARTITION ${name} FOR VALUES FROM ('${bounds[0]}') TO ('${bounds[1]}')`);
}
