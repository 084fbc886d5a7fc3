import { Injectable } from '@nestjs/common';
import { entryDigest } from '@munjigi/audit-chain';
import type { EntityManager } from 'typeorm';
import { newId } from '../database/uuid';
import { redact, redactText } from '../redaction/redact';
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

/** What biometric data is looked at: pictures that a template was made from, of an event, or what is kept of templates. */
export type BiometricKind = 'enrolment-picture' | 'event-picture' | 'template-details' | 'personal-export';

/** A look at biometric data. */
export interface BiometricRead {
  readonly by: Actor;
  readonly what: BiometricKind;
  /** Whose it is, where that is known. */
  readonly personId: string | null;
  readonly siteId?: string | null;
  readonly reason?: string;
  /** Which of it: ids alone. */
  readonly details?: Record<string, unknown>;
}

/** The account of what people, programs and devices did with the server. */
@Injectable()
export class Audit {
  /**
   * Adds one entry in the caller's transaction: it is there if, and only if, the change is. Secrets that came along by
   * mistake are taken out. The database gives it its place in the chain at the commit.
   */
  async record(manager: EntityManager, record: AuditRecord): Promise<void> {
    const { actorKind, actorId, actorName, address } = record.by;
    const entry = {
      id: newId(),
      at: new Date(),
      actorKind,
      actorId,
      actorName: storable(actorName),
      address,
      action: record.action,
      subjectId: record.subjectId ?? null,
      siteId: record.siteId ?? null,
      before: kept(record.before ?? null),
      after: kept(record.after ?? null),
      reason: record.reason === undefined ? null : storable(redactText(record.reason)),
      details: kept(record.details ?? {}),
    };
    await manager.insert(AuditEntry, {
      ...entry,
      before: entry.before as never,
      after: entry.after as never,
      details: entry.details as never,
      digest: entryDigest({ ...entry, at: entry.at.toISOString() }),
    });
  }

  /** Accounts for a look at biometric data, in the transaction that reads it: who does not get in gets nothing. */
  async read(manager: EntityManager, read: BiometricRead): Promise<void> {
    const { by, siteId, reason, details } = read;
    const subject = read.personId === null ? {} : { subjectId: read.personId };
    await this.record(manager, {
      ...{ by, siteId, reason, ...subject },
      action: 'biometrics/read',
      details: { ...details, what: read.what },
    });
  }
}

/** A JSON value without secrets, exactly as the database gives it back. */
function kept<T extends Record<string, unknown> | null>(value: T): T {
  return JSON.parse(JSON.stringify(redact(value)), (_, inner: unknown) =>
    typeof inner === 'string' ? storable(inner) : inner,
  ) as T;
}

/** PostgreSQL takes neither U+0000 nor halves of characters. */
function storable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\u0000', '');
}
