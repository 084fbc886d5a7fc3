import type { WebhookAttempt, WebhookDeliveryState, WebhookEvent, WebhookPeople } from '@munjigi/contracts';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { INSTANT_COLUMN } from '../../platform/database/columns';

/** Somebody's server that is told what happens. Sites are no foreign keys: it outlives them. */
@Entity({ name: 'webhook' })
@Check('webhook_people_known', `"people" IN ('none', 'ids', 'names')`)
export class WebhookRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'webhook_pk' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  url: string;

  @Column({ type: 'text', array: true })
  events: WebhookEvent[];

  /** Null: of every site, and of what belongs to none. */
  @Column({ type: 'uuid', array: true, name: 'site_ids', nullable: true })
  siteIds: string[] | null;

  @Column({ type: 'text' })
  people: WebhookPeople;

  @Column({ type: 'boolean' })
  enabled: boolean;

  /** Since when every attempt has failed. */
  @Column({ ...INSTANT_COLUMN, name: 'failing_since', nullable: true })
  failingSince: Date | null;

  /** Why the server itself has switched it off. */
  @Column({ type: 'text', name: 'disabled_because', nullable: true })
  disabledBecause: 'failing' | 'gone' | null;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;
}

/** What a webhook's messages are signed with: 32 bytes, wrapped with a master key. */
@Entity({ name: 'webhook_secret' })
@Index('webhook_secret_webhook_idx', ['webhookId'])
@Index('webhook_secret_master_idx', ['masterKeyId'])
export class WebhookSecret {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'webhook_secret_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'webhook_id' })
  @ForeignKey(() => WebhookRow, { name: 'webhook_secret_webhook_fk', onDelete: 'CASCADE' })
  webhookId: string;

  @Column({ type: 'text', name: 'master_key_id' })
  masterKeyId: string;

  @Column({ type: 'bytea', name: 'wrapped_secret' })
  wrappedSecret: Buffer;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  /** Null: until another takes its place. */
  @Column({ ...INSTANT_COLUMN, name: 'expires_at', nullable: true })
  expiresAt: Date | null;
}

/** One message to one webhook. What it says is made from the account when it is sent, so that none of it is kept here. */
@Entity({ name: 'webhook_delivery' })
@Check('webhook_delivery_state_known', `"state" IN ('waiting', 'delivered', 'failed')`)
@Index('webhook_delivery_due_idx', ['dueAt'], { where: `"state" = 'waiting'` })
@Index('webhook_delivery_webhook_idx', ['webhookId', 'createdAt', 'id'])
@Index('webhook_delivery_created_idx', ['createdAt'])
export class WebhookDeliveryRow {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'webhook_delivery_pk' })
  id: string;

  @Column({ type: 'uuid', name: 'webhook_id' })
  @ForeignKey(() => WebhookRow, { name: 'webhook_delivery_webhook_fk', onDelete: 'CASCADE' })
  webhookId: string;

  @Column({ type: 'text' })
  event: WebhookEvent | 'webhook.test';

  /** The event or alarm that it is about. */
  @Column({ type: 'uuid', name: 'subject_id', nullable: true })
  subjectId: string | null;

  @Column({ type: 'text' })
  state: WebhookDeliveryState;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  /** When it was asked for last: a day later it is given up. */
  @Column({ ...INSTANT_COLUMN, name: 'requested_at' })
  requestedAt: Date;

  /** When it is tried next; while somebody has it at hand, when it is anybody's again. */
  @Column({ ...INSTANT_COLUMN, name: 'due_at' })
  dueAt: Date;

  @Column({ type: 'integer', name: 'attempt_count' })
  attemptCount: number;

  /** The latest, newest first. */
  @Column({ type: 'jsonb' })
  attempts: WebhookAttempt[];
}
