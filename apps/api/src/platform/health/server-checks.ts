import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lastCheck } from '../audit/audit-jobs';
import { schemaIsCurrent } from '../database/migrate';
import { isAuditAppendOnly } from '../database/server-role';
import { Vision } from '../vision/vision';
import { HealthChecks, type CheckResult } from './health-checks';

/** What the checks need to know of the configuration. */
export class HealthOptions {
  constructor(
    /** Absolute path. */
    readonly dataDirectory: string,
    /** Whether the database is the server's own. */
    readonly embedded: boolean,
  ) {}
}

const FREE_BYTES_MIN = 1024 ** 3;
const FREE_PART_MIN = 0.05;

/** How the parts are that the platform has. */
@Injectable()
export class ServerChecks {
  constructor(
    health: HealthChecks,
    private readonly dataSource: DataSource,
    private readonly vision: Vision,
    private readonly options: HealthOptions,
  ) {
    health.add('database', () => this.database(), { isVital: true });
    health.add('migrations', () => this.migrations(), { isVital: true });
    health.add('disk', () => this.disk());
    health.add('models', () => this.models());
    health.add('account', () => this.account());
    health.add('jobs', () => this.jobs());
  }

  private async database(): Promise<CheckResult> {
    const answers = await this.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    );
    if (answers) return { status: 'up', message: this.options.embedded ? 'the server’s own' : 'given' };
    return { status: 'down', message: 'The database does not answer.' };
  }

  private async migrations(): Promise<CheckResult> {
    if (await schemaIsCurrent(this.dataSource).catch(() => false)) return { status: 'up' };
    return { status: 'down', message: 'The schema is not known to be current.' };
  }

  private async disk(): Promise<CheckResult> {
    const { bavail, blocks, bsize } = await statfs(this.options.dataDirectory);
    const freeBytes = bavail * bsize;
    const message = `${(freeBytes / 1024 ** 3).toFixed(1)} GiB free for the data folder`;
    const isShort = freeBytes < FREE_BYTES_MIN || bavail / blocks < FREE_PART_MIN;
    return { status: isShort ? 'degraded' : 'up', message };
  }

  private async models(): Promise<CheckResult> {
    if (await this.vision.isAvailable()) return { status: 'up', message: this.vision.modelId };
    return { status: 'degraded', message: 'Nobody can be enrolled: the models are not installed.' };
  }

  private async account(): Promise<CheckResult> {
    const fault = (await lastCheck(this.dataSource.manager))?.fault;
    if (fault) return { status: 'degraded', message: `The account was changed: ${fault.what}` };
    if (await isAuditAppendOnly(this.dataSource.manager)) return { status: 'up' };
    return {
      status: 'degraded',
      message: 'The database’s rights do not keep the account from being changed.',
    };
  }

  private async jobs(): Promise<CheckResult> {
    const [{ failed, late }] = await this.dataSource.query<[{ failed: number; late: number }]>(
      `SELECT (count(*) FILTER (WHERE state = 'failed' AND finished_at > now() - interval '1 day'))::int AS failed,
         (count(*) FILTER (WHERE state = 'waiting' AND due_at < now() - interval '15 minutes'))::int AS late
       FROM job WHERE state IN ('waiting', 'failed')`,
    );
    if (failed + late === 0) return { status: 'up' };
    const message = `${failed} failed in the last day, ${late} have been due for over a quarter of an hour.`;
    return { status: 'degraded', message };
  }
}
