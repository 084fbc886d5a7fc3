import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ReportQuery } from './report-kinds';
import type { ReportSite } from './report-scope';
import { toldOf, type RawRow } from './report-streams';

/** As many rows are counted and summed; of more, there is only that they are more. */
const COUNTED_MAX = 100_000;
const TIMEOUT_MS = 20_000;

/** What all rows of a report come to. */
export interface ReportTotals {
  readonly rows: number;
  readonly exact: boolean;
  readonly sums: Readonly<Record<string, number>>;
}

/** Asks the database for what reports show at once; files are read through `ReportStreams`. */
@Injectable()
export class ReportsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Every site, in the order of their names. */
  sites(): Promise<ReportSite[]> {
    return this.dataSource.query(
      'SELECT id, name, time_zone AS "timeZone" FROM site ORDER BY name COLLATE "und-x-icu", id',
    );
  }

  /** The first rows and the totals, of one snapshot. @throws {AppError} `reports/too-long`, `reports/time-zone` */
  async preview(query: ReportQuery, rowsMax: number): Promise<{ rows: RawRow[]; totals: ReportTotals }> {
    try {
      return await this.dataSource.transaction('REPEATABLE READ', async (manager) => {
        await manager.query(`SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${TIMEOUT_MS}`);
        const rows = await manager.query<Record<string, unknown>[]>(
          `${query.select} ORDER BY ${query.orderBy} LIMIT ${rowsMax}`,
          [...query.values],
        );
        const keys = [...query.columns.map(({ key }) => key), 'timeZone'];
        return {
          rows: rows.map((row) => keys.map((key) => row[key])),
          totals: totalsOf(query, await manager.query<[TotalsRow]>(totalsText(query), [...query.values])),
        };
      });
    } catch (error) {
      throw toldOf(error);
    }
  }

  /** A report's rows put together, by a query of `chartText`. @throws as {@link preview} */
  async chart(text: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        await manager.query(`SET TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${TIMEOUT_MS}`);
        return manager.query<Record<string, unknown>[]>(text, [...values]);
      });
    } catch (error) {
      throw toldOf(error);
    }
  }

  /** How many rows a report has, counted up to one more than `max`. @throws as {@link preview} */
  async count({ select, values }: ReportQuery, max: number): Promise<number> {
    try {
      const [{ rows }] = await this.dataSource.query<[{ rows: number }]>(
        `SELECT count(*)::int AS rows FROM (SELECT FROM (${select}) AS report LIMIT ${max + 1}) AS counted`,
        [...values],
      );
      return rows;
    } catch (error) {
      throw toldOf(error);
    }
  }

  /** The place in the account of the entry about an export, which is committed. */
  async entryOf(exportId: string, action: string): Promise<{ position: number; hash: string }> {
    const [row] = await this.dataSource.query<[{ position: string; hash: Buffer }]>(
      `SELECT link.position, link.hash FROM audit_link AS link JOIN audit_entry AS entry ON entry.id = link.entry_id
       WHERE entry.subject_id = $1 AND entry.action = $2 ORDER BY link.position DESC LIMIT 1`,
      [exportId, action],
    );
    return { position: Number(row.position), hash: row.hash.toString('hex') };
  }
}

const summed = ({ columns }: ReportQuery) => columns.flatMap(({ key, summed: is }) => (is ? [key] : []));

function totalsText(query: ReportQuery): string {
  const sums = summed(query).map((key) => `, round(sum("${key}")::numeric, 2)::double precision AS "${key}"`);
  return `SELECT count(*)::int AS rows${sums.join('')}
    FROM (SELECT * FROM (${query.select}) AS report LIMIT ${COUNTED_MAX + 1}) AS counted`;
}

type TotalsRow = { rows: number } & Record<string, number | null>;

function totalsOf(query: ReportQuery, [row]: [TotalsRow]): ReportTotals {
  const exact = row.rows <= COUNTED_MAX;
  const sums = exact ? summed(query).map((key): [string, number] => [key, row[key] ?? 0]) : [];
  return { rows: Math.min(row.rows, COUNTED_MAX), exact, sums: Object.fromEntries(sums) };
}
