import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Actor } from '../audit/actor';
import { COUNT_COLUMN, INSTANT_COLUMN } from '../database/columns';
import type { JobFailure, JobState } from './job-kind';

/** One piece of work that outlives the request that asked for it, and the process that does it. */
@Entity({ name: 'job' })
@Check('job_state_known', `"state" IN ('waiting', 'running', 'done', 'failed', 'cancelled')`)
@Check('job_held', `("state" = 'running') = ("holder" IS NOT NULL AND "lease_until" IS NOT NULL)`)
@Index('job_due_idx', ['name', 'dueAt'], { where: `"state" = 'waiting'` })
@Index('job_lease_idx', ['leaseUntil'], { where: `"state" = 'running'` })
@Index('job_finished_idx', ['finishedAt'], { where: '"finished_at" IS NOT NULL' })
@Index('job_key_key', ['name', 'key'], { unique: true, where: `"state" IN ('waiting', 'running')` })
export class Job {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'job_pk' })
  id: string;

  /** Its kind, `area/what-is-done`. */
  @Column({ type: 'text' })
  name: string;

  /** Of jobs of one kind and key, one at most waits or runs. */
  @Column({ type: 'text', nullable: true })
  key: string | null;

  @Column({ type: 'jsonb' })
  payload: unknown;

  @Column({ type: 'text' })
  state: JobState;

  /** In whose name it runs. */
  @Column({ type: 'jsonb', name: 'made_by' })
  madeBy: Actor;

  @Column({ ...INSTANT_COLUMN, name: 'created_at' })
  createdAt: Date;

  /** Not to be begun before. */
  @Column({ ...INSTANT_COLUMN, name: 'due_at' })
  dueAt: Date;

  @Column({ ...INSTANT_COLUMN, name: 'started_at', nullable: true })
  startedAt: Date | null;

  @Column({ ...INSTANT_COLUMN, name: 'finished_at', nullable: true })
  finishedAt: Date | null;

  /** How often it was begun since it last got on. */
  @Column({ type: 'integer' })
  attempt: number;

  @Column({ type: 'integer', name: 'attempts_max' })
  attemptsMax: number;

  /** The run that has it now; another's writes are void. */
  @Column({ type: 'uuid', nullable: true })
  holder: string | null;

  /** After this its run is taken for dead. */
  @Column({ ...INSTANT_COLUMN, name: 'lease_until', nullable: true })
  leaseUntil: Date | null;

  @Column({ type: 'boolean', name: 'cancel_requested' })
  cancelRequested: boolean;

  @Column({ ...COUNT_COLUMN, name: 'progress_done' })
  progressDone: number;

  @Column({ ...COUNT_COLUMN, name: 'progress_total', nullable: true })
  progressTotal: number | null;

  @Column({ type: 'text', name: 'progress_message', nullable: true })
  progressMessage: string | null;

  /** Where the next run goes on. */
  @Column({ type: 'jsonb', nullable: true })
  checkpoint: unknown;

  @Column({ type: 'jsonb', nullable: true })
  result: Record<string, unknown> | null;

  @Column({ type: 'jsonb', nullable: true })
  error: JobFailure | null;
}
