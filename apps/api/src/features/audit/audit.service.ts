import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type {
  AuditExportQuery,
  AuditQuery,
  auditChainSchema,
  auditCheckpointSchema,
  auditKeyListSchema,
  auditPageSchema,
} from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { chainHead, chainPlace } from '../../platform/audit/audit-chain';
import { AuditCheckpoints } from '../../platform/audit/audit-checkpoints';
import { lastCheck } from '../../platform/audit/audit-jobs';
import type { SignedIn } from '../../platform/auth/signed-in';
import { isAuditAppendOnly } from '../../platform/database/server-role';
import { AppError } from '../../platform/errors/app-error';
import { writeExport, type ExportRange } from './audit-export';
import { presentChain, presentCheckpoint, presentEntry } from './audit.presenter';
import { AuditRepository } from './audit.repository';

/** The account of who did what, for those who look into it. */
@Injectable()
export class AuditService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly entries: AuditRepository,
    private readonly checkpoints: AuditCheckpoints,
    private readonly audit: Audit,
  ) {}

  async list(query: AuditQuery, by: SignedIn): Promise<z.input<typeof auditPageSchema>> {
    const { rows, nextCursor } = await this.entries.page(query, by.access.reach('audit:read'));
    return { items: rows.map(presentEntry), nextCursor };
  }

  async keys(): Promise<z.input<typeof auditKeyListSchema>> {
    const rows = await this.entries.keys();
    return {
      items: rows.map((row) => ({
        id: row.id,
        publicKey: row.public_key,
        createdAt: row.created_at.toISOString(),
      })),
    };
  }

  async chain(by: SignedIn): Promise<z.input<typeof auditChainSchema>> {
    by.access.require('audit:read', null);
    const { manager } = this.dataSource;
    return presentChain({
      head: await chainHead(manager),
      last: await lastCheck(manager),
      checkpoint: await this.checkpoints.last(manager),
      appendOnlyByRights: await isAuditAppendOnly(manager),
    });
  }

  /** Signs the account as it is now, with the entry that says so. */
  async sign(by: SignedIn): Promise<z.input<typeof auditCheckpointSchema>> {
    by.access.require('audit:export', null);
    await this.audit.record(this.dataSource.manager, { by, action: 'audit/signed' });
    const { manager } = this.dataSource;
    const { chainId } = await chainHead(manager);
    return presentCheckpoint(chainId, await this.checkpoints.make(manager));
  }

  /** Begins an export; that it was asked for is in the account, and in the export when it reaches so far. */
  async export(query: AuditExportQuery, by: SignedIn): Promise<Readable> {
    by.access.require('audit:export', null);
    const { reason, from, until } = query;
    await this.audit.record(this.dataSource.manager, {
      ...{ by, reason },
      action: 'audit/exported',
      details: { from: from ?? null, until: until ?? null },
    });
    const range = await this.rangeOf({ from, until });
    // Bytes, so that the stream holds little more than a page.
    return Readable.from(writeExport(this.dataSource, this.checkpoints.key, range), { objectMode: false });
  }

  private async rangeOf(period: { from?: string; until?: string }): Promise<ExportRange> {
    const { manager } = this.dataSource;
    const { chainId, position } = await chainHead(manager);
    const isWhole = period.from === undefined && period.until === undefined;
    const whole = position === 0 ? null : { from: 1, through: position };
    const found = isWhole ? whole : await this.entries.positionsOf(manager, period);
    const { from, through } = found ?? { from: position + 1, through: position };
    const previous = await chainPlace(manager, chainId, from - 1);
    if (!previous) {
      throw new AppError('internal', 'audit/incomplete', 'The account is not complete.', {
        detail: `Its entry ${from - 1} is not there. Look at GET /api/audit/chain.`,
      });
    }
    const last = await this.checkpoints.last(manager);
    const { deployment: _, ...checkpoint } = last
      ? presentCheckpoint(chainId, last)
      : { deployment: chainId };
    return {
      ...{ deployment: chainId, from, through, previous },
      checkpoint: 'position' in checkpoint ? checkpoint : null,
    };
  }
}
