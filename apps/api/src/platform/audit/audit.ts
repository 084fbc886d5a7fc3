import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import { AuditEntry } from './audit-entry.entity';

/** What happened, for the account. */
export interface AuditRecord {
  /** Who did it; null when nobody was signed in. */
  readonly administratorId: string | null;
  readonly action: `${string}/${string}`;
  readonly subjectId?: string;
  /** What an auditor needs beside the ids; never a secret, a picture or an embedding. */
  readonly details?: Record<string, unknown>;
}

/** The account of what people did with the server. */
@Injectable()
export class Audit {
  /** Adds one entry in the caller's transaction: it is there if, and only if, the change is. */
  async record(manager: EntityManager, record: AuditRecord): Promise<void> {
    await manager.insert(AuditEntry, {
      id: newId(),
      at: new Date(),
      administratorId: record.administratorId,
      action: record.action,
      subjectId: record.subjectId ?? null,
      details: (record.details ?? {}) as never,
    });
  }
}
