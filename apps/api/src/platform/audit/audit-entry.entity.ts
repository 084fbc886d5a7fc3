import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../database/columns';
import type { ActorKind } from './actor';

/** Who did what to what, and when. Rows are only ever added; the database itself refuses anything else. */
@Entity({ name: 'audit_entry' })
@Index('audit_entry_time_idx', ['at', 'id'])
@Index('audit_entry_action_idx', ['action', 'at', 'id'])
@Index('audit_entry_actor_idx', ['actorId', 'at', 'id'])
@Index('audit_entry_subject_idx', ['subjectId', 'at', 'id'])
@Index('audit_entry_site_idx', ['siteId', 'at', 'id'])
// Of an expression, which TypeORM cannot say: made by the migration.
@Index('audit_entry_text_idx', { synchronize: false })
@Check('audit_entry_actor_kind_known', `"actor_kind" IN ('administrator', 'token', 'device', 'system')`)
export class AuditEntry {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_entry_pk' })
  id: string;

  @Column({ ...INSTANT_COLUMN })
  at: Date;

  @Column({ type: 'text', name: 'actor_kind' })
  actorKind: ActorKind;

  /** Null when nobody was signed in, as at a refused login, and for the server itself. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true })
  actorId: string | null;

  /** As it was then. */
  @Column({ type: 'text', name: 'actor_name' })
  actorName: string;

  @Column({ type: 'text', nullable: true })
  address: string | null;

  /** `area/what-happened` */
  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'uuid', name: 'subject_id', nullable: true })
  subjectId: string | null;

  /** The site that it concerns; null when it concerns the whole organisation. */
  @Column({ type: 'uuid', name: 'site_id', nullable: true })
  siteId: string | null;

  @Column({ type: 'jsonb', nullable: true })
  before: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  after: Record<string, unknown> | null;

  /** Why, where it was asked. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** What an auditor needs beside the ids; never a secret, a picture or an embedding. */
  @Column({ type: 'jsonb' })
  details: Record<string, unknown>;

  /** Of all of this, as the chain has it; 32 bytes. */
  @Column({ type: 'bytea', select: false })
  digest: Buffer;
}
