import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { lastCheck } from '../audit/audit-jobs';
import { chainHead } from '../audit/audit-chain';
import { Metrics, type Sample } from './metrics';

/** What pg's pool tells of itself. */
interface PoolCounts {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

/** What the platform itself has to tell: the database's pool, jobs, the change feed and the account. */
@Injectable()
export class ServerMetrics {
  constructor(
    metrics: Metrics,
    private readonly dataSource: DataSource,
  ) {
    metrics.gauge('munjigi_database_connections', 'Connections of this process’s pool.', ['state'], () =>
      this.pool(),
    );
    metrics.gauge(
      'munjigi_jobs',
      'Jobs of the whole deployment that are not over, and those that failed in the last day.',
      ['kind', 'state'],
      () => this.jobs(),
    );
    metrics.gauge('munjigi_feed_head_revision', 'The newest change that doors must know of.', [], () =>
      this.one('SELECT revision AS value FROM change_head WHERE id = 1'),
    );
    metrics.gauge('munjigi_audit_entries', 'Entries of the account.', [], async () => [
      { value: (await chainHead(dataSource.manager)).position },
    ]);
    metrics.gauge(
      'munjigi_audit_checked_entries',
      'Entries of the account that were found as they were written.',
      [],
      async () => [{ value: (await lastCheck(dataSource.manager))?.position ?? 0 }],
    );
    metrics.gauge('munjigi_audit_fault', '1 when the account was found changed.', [], async () => [
      { value: (await lastCheck(dataSource.manager))?.fault ? 1 : 0 },
    ]);
  }

  private pool(): Sample[] {
    const { totalCount, idleCount, waitingCount } = (this.dataSource.driver as PostgresDriver)
      .master as PoolCounts;
    return [
      { labels: { state: 'busy' }, value: totalCount - idleCount },
      { labels: { state: 'idle' }, value: idleCount },
      { labels: { state: 'waited-for' }, value: waitingCount },
    ];
  }

  private async jobs(): Promise<Sample[]> {
    const rows = await this.dataSource.query<{ name: string; state: string; count: number }[]>(
      `SELECT name, state, count(*)::float8 AS count FROM job
       WHERE state IN ('waiting', 'running') OR state = 'failed' AND finished_at > now() - interval '1 day'
       GROUP BY name, state`,
    );
    return rows.map(({ name: kind, state, count }) => ({ labels: { kind, state }, value: count }));
  }

  private async one(statement: string): Promise<Sample[]> {
    const [row] = await this.dataSource.query<[{ value: string }]>(statement);
    return [{ value: Number(row.value) }];
  }
}
