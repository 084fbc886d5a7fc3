import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import type { Actor } from './actor';
import { AuditEntry } from './audit-entry.entity';

/** What happened, for the account. None of it may be a secret, a picture or an embedding. */
export interface AuditRecord {
  readonly by: Actor;
  readonly action: `${string}/${string}`;
  readonly subjectId?: string;
  /** The site that it concerns; leave out what concerns the whole organisation. */
  readonly siteId?: string | null;
  /** What was changed, as it was and as it is; only the fields that changed. */
  readonly before?: Record<string, unknown>;
  readonly after?: Record<string, unknown>;
  /** Why, in the words of who did it. */
  readonly reason?: string;
  /** What else an auditor needs beside the ids. */
  readonly details?: Record<string, unknown>;
}

/** The account of what people, programs and devices did with the server. */
@Injectable()
export class Audit {
  /** Adds one entry in the caller's transaction: it is there if, and only if, the change is. */
  async record(manager: EntityManager, record: AuditRecord): Promise<void> {
    const { actorKind, actorId, actorName, address } = record.by;
    await manager.insert(AuditEntry, {
      id: newId(),
      at: new Date(),
      actorKind,
      actorId,
      actorName,
      address,
      action: record.action,
      subjectId: record.subjectId ?? null,
      siteId: record.siteId ?? null,
      before: (record.before ?? null) as never,
      after: (record.after ?? null) as never,
      reason: record.reason ?? null,
      details: (record.details ?? {}) as never,
    });
  }
}
