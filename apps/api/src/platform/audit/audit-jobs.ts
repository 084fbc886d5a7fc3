import { chainStart, type ChainPlace } from '@munjigi/audit-chain';
import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { JobContext } from '../jobs/job-kind';
import { Jobs } from '../jobs/jobs';
import type { ChainFault } from './audit-check.entity';
import { chainHead, type ChainHead } from './audit-chain';
import { AuditCheckpoints } from './audit-checkpoints';
import { checkPage, type FoundFault } from './chain-check';

const MINUTE_MS = 60_000;
const NOTHING = z.object({});
const keptPlace = z.object({ position: z.int().nonnegative(), hash: z.hex() }).nullable();

/** The work on the account that recurs: it is signed, and checked, what is new and as a whole. */
@Injectable()
export class AuditJobs {
  constructor(
    private readonly dataSource: DataSource,
    private readonly checkpoints: AuditCheckpoints,
    private readonly logger: PinoLogger,
    jobs: Jobs,
  ) {
    jobs.define('audit/checkpoint', {
      schema: NOTHING,
      recurrence: { everyMs: 60 * MINUTE_MS },
      run: () => this.sign(),
    });
    jobs.define('audit/check-new', {
      schema: NOTHING,
      recurrence: { everyMs: 15 * MINUTE_MS },
      run: (context) => this.check(context, false),
    });
    jobs.define('audit/check-whole', {
      schema: NOTHING,
      recurrence: { cron: '41 2 * * *', timeZone: 'UTC' },
      run: (context) => this.check(context, true),
    });
  }

  /** Signs the account, unless it is the one that was signed last. */
  private async sign(): Promise<Record<string, unknown>> {
    const { manager } = this.dataSource;
    const [head, last] = [await chainHead(manager), await this.checkpoints.last(manager)];
    if (last && Number(last.position) === head.position) return { position: head.position, signed: false };
    const { position } = await this.checkpoints.make(manager);
    return { position: Number(position), signed: true };
  }

  /** Goes on from the last check, or from the beginning when all is to be checked or something was wrong. */
  private async check(context: JobContext<unknown>, whole: boolean): Promise<Record<string, unknown>> {
    let place = await this.beginning(context, whole);
    const seen = (await lastCheck(this.dataSource.manager))?.position;
    for (;;) {
      context.signal.throwIfAborted();
      const page = await context.transaction(async (manager) => {
        const checked = await checkPage(manager, this.checkpoints, place, seen);
        if (checked.fault) await this.keepFault(manager, checked.fault);
        else {
          if (!whole || checked.done) await keepPlace(manager, checked.place);
          await context.keep(manager, { position: checked.place.position, hash: hexOf(checked.place) });
        }
        return checked;
      });
      if (page.fault) {
        this.logger.error({ fault: page.fault }, 'the account is not as it was written');
        return { fault: page.fault };
      }
      place = page.place;
      await context.progress({ done: place.position, total: page.head.position });
      if (page.done) return { position: place.position };
    }
  }

  private async beginning(context: JobContext<unknown>, whole: boolean): Promise<ChainPlace> {
    const kept = keptPlace.parse(context.checkpoint);
    if (kept) return { position: kept.position, hash: Buffer.from(kept.hash, 'hex') };
    const head: ChainHead = await chainHead(this.dataSource.manager);
    const last = whole ? null : await lastCheck(this.dataSource.manager);
    return last && !last.fault ? last : chainStart(head.chainId);
  }

  private async keepFault(manager: EntityManager, found: FoundFault): Promise<void> {
    const fault: ChainFault = { ...found, foundAt: new Date().toISOString() };
    const head = await chainHead(manager);
    const start = chainStart(head.chainId);
    await manager.query(
      `INSERT INTO audit_check (id, position, hash, checked_at, fault) VALUES (1, 0, $1, now(), $2)
       ON CONFLICT (id) DO UPDATE SET checked_at = now(), fault = coalesce(audit_check.fault, excluded.fault)`,
      [Buffer.from(start.hash), JSON.stringify(fault)],
    );
  }
}

/** The last check: up to where all was well, when, and what was wrong. */
export interface LastCheck extends ChainPlace {
  readonly checkedAt: Date;
  readonly fault: ChainFault | null;
}

/** What the last check found, or null before the first. */
export async function lastCheck(manager: EntityManager): Promise<LastCheck | null> {
  const [row] = await manager.query<
    { position: string; hash: Buffer; checked_at: Date; fault: ChainFault | null }[]
  >('SELECT position, hash, checked_at, fault FROM audit_check WHERE id = 1');
  if (!row) return null;
  return { position: Number(row.position), hash: row.hash, checkedAt: row.checked_at, fault: row.fault };
}

async function keepPlace(manager: EntityManager, place: ChainPlace): Promise<void> {
  await manager.query(
    `INSERT INTO audit_check (id, position, hash, checked_at, fault) VALUES (1, $1, $2, now(), NULL)
     ON CONFLICT (id) DO UPDATE SET position = excluded.position, hash = excluded.hash, checked_at = now(), fault = NULL`,
    [place.position, Buffer.from(place.hash)],
  );
}

function hexOf(place: ChainPlace): string {
  return Buffer.from(place.hash).toString('hex');
}
