import type { DataSource, EntityManager } from 'typeorm';
import type { Actor } from '../audit/actor';
import { newId } from '../database/uuid';
import type { JobFailure, JobProgress } from './job-kind';

/** A job that a run has got hold of. */
export interface HeldJob {
  readonly id: string;
  readonly name: string;
  readonly payload: unknown;
  readonly made_by: Actor;
  readonly attempt: number;
  readonly attempts_max: number;
  readonly checkpoint: unknown;
  readonly cancel_requested: boolean;
  /** Proves that it is this run's. */
  readonly holder: string;
}

/** What becomes of a job that a run lets go of. */
export type JobEnd =
  | { readonly state: 'done'; readonly result: Record<string, unknown> | null }
  | { readonly state: 'failed'; readonly error: JobFailure }
  | { readonly state: 'cancelled' };

/** What is asked for. */
export interface NewJob {
  readonly name: string;
  readonly payload: unknown;
  readonly by: Actor;
  readonly attemptsMax: number;
  readonly dueAt?: Date;
  readonly key?: string;
}

/** The jobs' table. Every time in it is the database's, so that the processes' clocks need not agree. */
export class JobStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly leaseMs: number,
  ) {}

  /** Adds a job in the caller's transaction. @returns its id, or that of the one with its key that is not over. */
  async add(manager: EntityManager, job: NewJob): Promise<string> {
    const { actorKind, actorId, actorName, address } = job.by;
    for (;;) {
      const added = await manager.query<{ id: string }[]>(
        `INSERT INTO job (id, name, key, payload, state, made_by, created_at, due_at, attempt, attempts_max,
           cancel_requested, progress_done)
         VALUES ($1, $2, $3, $4, 'waiting', $5, now(), coalesce($6, now()), 0, $7, false, 0)
         ON CONFLICT (name, key) WHERE state IN ('waiting', 'running') DO NOTHING RETURNING id`,
        [
          newId(),
          job.name,
          job.key ?? null,
          JSON.stringify(job.payload),
          { actorKind, actorId, actorName, address },
          job.dueAt ?? null,
          job.attemptsMax,
        ],
      );
      const found =
        added[0] ??
        (
          await manager.query<{ id: string }[]>(
            `SELECT id FROM job WHERE name = $1 AND key = $2 AND state IN ('waiting', 'running')`,
            [job.name, job.key],
          )
        )[0];
      // The other may have ended in between; then there is room again.
      if (found) return found.id;
    }
  }

  /** Takes the job of these kinds that has been due longest, or whose run is dead. No other run gets it too. */
  async claim(names: readonly string[]): Promise<HeldJob | null> {
    const [rows] = await this.dataSource.query<[HeldJob[], number]>(
      `UPDATE job SET state = 'running', attempt = attempt + 1, holder = $2, started_at = coalesce(started_at, now()),
         lease_until = now() + make_interval(secs => $3)
       WHERE id = (
         SELECT id FROM job
         WHERE name = ANY($1) AND (state = 'waiting' AND due_at <= now() OR state = 'running' AND lease_until < now())
         ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, name, payload, made_by, attempt, attempts_max, checkpoint, cancel_requested, holder`,
      [names, newId(), this.leaseMs / 1000],
    );
    return rows[0] ?? null;
  }

  /** Says that the run lives, and how far it is. @returns whether the job was cancelled, or null when it is lost. */
  async renew(job: HeldJob, progress: JobProgress | null): Promise<boolean | null> {
    const [rows] = await this.dataSource.query<[{ cancel_requested: boolean }[], number]>(
      `UPDATE job SET lease_until = now() + make_interval(secs => $3),
         progress_done = coalesce($4, progress_done),
         progress_total = CASE WHEN $4::bigint IS NULL THEN progress_total ELSE $5 END,
         progress_message = CASE WHEN $4::bigint IS NULL THEN progress_message ELSE $6 END
       WHERE id = $1 AND holder = $2 RETURNING cancel_requested`,
      [
        job.id,
        job.holder,
        this.leaseMs / 1000,
        progress?.done ?? null,
        progress?.total ?? null,
        progress?.message ?? null,
      ],
    );
    return rows[0]?.cancel_requested ?? null;
  }

  /** Whether the run still has the job; holds it until the caller's transaction ends. */
  async holds(manager: EntityManager, job: HeldJob): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      'SELECT 1 FROM job WHERE id = $1 AND holder = $2 FOR UPDATE',
      [job.id, job.holder],
    );
    return rows.length > 0;
  }

  /** Keeps where to go on, in the caller's transaction. Whoever gets on has all attempts again. */
  async keep(manager: EntityManager, job: HeldJob, checkpoint: unknown): Promise<void> {
    await manager.query('UPDATE job SET checkpoint = $3, attempt = 1 WHERE id = $1 AND holder = $2', [
      job.id,
      job.holder,
      JSON.stringify(checkpoint),
    ]);
  }

  /** Ends the job, if the run still has it. */
  async finish(job: HeldJob, end: JobEnd): Promise<void> {
    await this.dataSource.query(
      `UPDATE job SET state = $3, result = $4, error = $5, finished_at = now(), holder = NULL, lease_until = NULL
       WHERE id = $1 AND holder = $2`,
      [
        job.id,
        job.holder,
        end.state,
        'result' in end ? end.result && JSON.stringify(end.result) : null,
        'error' in end ? end.error : null,
      ],
    );
  }

  /** Lets the job be run again, if the run still has it. @param counts whether that was an attempt */
  async giveBack(job: HeldJob, { delayMs, counts }: { delayMs: number; counts: boolean }): Promise<void> {
    await this.dataSource.query(
      `UPDATE job SET state = 'waiting', due_at = now() + make_interval(secs => $3), holder = NULL,
         lease_until = NULL, attempt = attempt - $4
       WHERE id = $1 AND holder = $2`,
      [job.id, job.holder, delayMs / 1000, counts ? 0 : 1],
    );
  }

  /** Cancels a job that waits, and asks the run of one that runs to stop; does nothing to one that is over. */
  async cancel(manager: EntityManager, id: string): Promise<void> {
    await manager.query(
      `UPDATE job SET cancel_requested = true,
         state = CASE state WHEN 'waiting' THEN 'cancelled' ELSE state END,
         finished_at = CASE state WHEN 'waiting' THEN now() END
       WHERE id = $1 AND state IN ('waiting', 'running')`,
      [id],
    );
  }

  /** Forgets jobs that have been over for so long. @returns how many */
  async forget(days: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'DELETE FROM job WHERE finished_at < now() - make_interval(days => $1)',
      [days],
    );
    return count;
  }
}
