import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { Actor } from '../audit/actor';

/** What has become of a job; the last three are final. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';

/** Why a job failed, for whoever asked for it. */
export interface JobFailure {
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
}

/** How far a job has got. */
export interface JobProgress {
  readonly done: number;
  /** Null or left out while it is not known. */
  readonly total?: number | null;
  /** What it is at, for people. */
  readonly message?: string;
}

/** Again and again: by the clock of a time zone (`cron`, five or six fields), or after an interval. */
export type Recurrence = { readonly cron: string; readonly timeZone: string } | { readonly everyMs: number };

/** What one run of a job has to work with. */
export interface JobContext<P> {
  readonly jobId: string;
  readonly payload: P;
  /** In whose name it runs: the account's entries are theirs. */
  readonly by: Actor;
  /** 1 at first; counted anew whenever a checkpoint is kept. */
  readonly attempt: number;
  /** What an earlier run of this job kept last, or null. */
  readonly checkpoint: unknown;
  /**
   * Aborts when the job was cancelled, the server stops, or another process has taken it over. A run of more than a
   * second looks at it between its steps and leaves with `signal.throwIfAborted()`: a cancelled job ends, a stopped
   * one is run again from its last checkpoint.
   */
  readonly signal: AbortSignal;
  /** Tells how far it is; written at most twice a second. */
  progress(progress: JobProgress): Promise<void>;
  /**
   * Runs `work` in a transaction that commits only while this run still has the job, so that a run which was taken for
   * dead cannot do a step that its successor does too.
   */
  transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Keeps where the next run is to go on, in a transaction of {@link transaction}, with the work up to there. */
  keep(manager: EntityManager, checkpoint: unknown): Promise<void>;
}

/** A kind of job. */
export interface JobDefinition<S extends z.ZodType> {
  /** Checks the payload when it is given and again when it is run. A payload holds ids, never a secret or a picture. */
  readonly schema: S;
  /**
   * Does it. What it does outside of {@link JobContext.transaction} may happen more than once.
   *
   * @returns what whoever asked gets to see, or nothing.
   */
  readonly run: (context: JobContext<z.output<S>>) => Promise<Record<string, unknown> | void>;
  /** How often it is begun without getting on before it fails; 5 unless given. */
  readonly attemptsMax?: number;
  /** How many may run at once in one process; 1 unless given. */
  readonly concurrency?: number;
  /** Runs it by itself, in one process at a time; the schema must then take `{}`. */
  readonly recurrence?: Recurrence;
}

/** How a job is asked for. */
export interface EnqueueOptions {
  readonly by: Actor;
  /** Not before this; at once unless given. */
  readonly dueAt?: Date;
  /** While one of this kind and key waits or runs, it is the one that is meant, and no second is made. */
  readonly key?: string;
}

/** A kind of job that can be asked for. */
export interface JobKind<S extends z.ZodType> {
  readonly name: string;
  /**
   * Asks for it in the caller's transaction: it is run if, and only if, that commits.
   *
   * @returns the job's id.
   */
  enqueue(manager: EntityManager, payload: z.input<S>, options: EnqueueOptions): Promise<string>;
}
