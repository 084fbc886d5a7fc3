import type {
  BeforeApplicationShutdown,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import { afterCommit } from '../database/after-commit';
import type { EnqueueOptions, JobDefinition, JobKind } from './job-kind';
import { JobRun, type RunParts } from './job-run';
import { JobStore } from './job-store';
import { Recurrences } from './recurrences';

const FORGET_DAYS = 30;
const HOUR_MS = 60 * 60_000;

/** How patient the jobs are, ms. */
export interface JobsTiming {
  /** How often a process looks for jobs that others made or that became due. */
  readonly pollMs: number;
  /** A run that was not heard of for this long is dead. */
  readonly leaseMs: number;
  /** How long runs have to leave when the server stops. */
  readonly graceMs: number;
}

const TIMING: JobsTiming = { pollMs: 1_000, leaseMs: 30_000, graceMs: 5_000 };

/**
 * Work that takes long or recurs, kept in the database: it is asked for in a transaction, done by one process at a
 * time, tried again when it fails, taken over by another process when its own was killed, and gives an account of
 * itself. Kinds of jobs are defined while the application is built, by every process alike.
 */
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly definitions = new Map<string, JobDefinition<z.ZodType>>();
  private readonly runs = new Map<JobRun, Promise<void>>();
  private readonly parts: RunParts;
  private readonly recurrences: Recurrences;
  private readonly timing: JobsTiming;
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;
  private lookAgain = false;
  private stopped = true;

  constructor(
    dataSource: DataSource,
    private readonly logger: Pick<PinoLogger, 'debug' | 'warn'>,
    timing: Partial<JobsTiming> = {},
  ) {
    this.timing = { ...TIMING, ...timing };
    const store = new JobStore(dataSource, this.timing.leaseMs);
    this.parts = { dataSource, store, logger, renewMs: this.timing.leaseMs / 3 };
    this.recurrences = new Recurrences(dataSource, store);
    this.define('jobs/forget', {
      schema: z.object({}),
      run: async () => ({ forgotten: await store.forget(FORGET_DAYS) }),
      recurrence: { everyMs: HOUR_MS },
    });
  }

  /** Makes a kind of job known. @throws when there is one of that name already. */
  define<S extends z.ZodType>(name: `${string}/${string}`, definition: JobDefinition<S>): JobKind<S> {
    if (this.definitions.has(name)) throw new Error(`There are two kinds of jobs named ${name}.`);
    // Each kind is run with what its own schema gave.
    this.definitions.set(name, definition);
    return {
      name,
      enqueue: (manager, payload, options) => this.enqueue(manager, name, payload, options),
    };
  }

  /** Cancels a job in the caller's transaction: at once if it waits, else as soon as its run looks. */
  async cancel(manager: EntityManager, id: string): Promise<void> {
    await this.parts.store.cancel(manager, id);
    afterCommit(manager, () => {
      for (const run of this.runs.keys()) if (run.job.id === id) run.stop('cancelled');
    });
  }

  /** Begins to look for jobs. */
  async onApplicationBootstrap(): Promise<void> {
    this.stopped = false;
    await this.recurrences.agree(this.definitions);
    this.look();
  }

  /** Begins no more, and asks the runs to leave. */
  beforeApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const run of this.runs.keys()) run.stop('stopping');
  }

  /** Waits for the runs, when no request is served any more; whatever has not left in time is given back. */
  async onApplicationShutdown(): Promise<void> {
    await this.looking;
    for (const run of this.runs.keys()) run.stop('stopping');
    const late = new Promise<void>((resolve) => setTimeout(resolve, this.timing.graceMs).unref());
    await Promise.race([Promise.all(this.runs.values()), late]);
    await Promise.all([...this.runs.keys()].map((run) => run.abandon().catch(() => undefined)));
  }

  /** Ends for good, apart from an application. */
  async stop(): Promise<void> {
    this.beforeApplicationShutdown();
    await this.onApplicationShutdown();
  }

  private async enqueue(
    manager: EntityManager,
    name: string,
    payload: unknown,
    options: EnqueueOptions,
  ): Promise<string> {
    const { schema, attemptsMax = 5 } = this.definitions.get(name) as JobDefinition<z.ZodType>;
    schema.parse(payload);
    const id = await this.parts.store.add(manager, { ...options, name, payload, attemptsMax });
    afterCommit(manager, () => this.look());
    return id;
  }

  /** Looks for jobs now, and from then on at intervals. */
  private look(): void {
    if (this.stopped) return;
    clearTimeout(this.timer);
    if (this.looking) {
      this.lookAgain = true;
      return;
    }
    this.lookAgain = false;
    this.looking = this.begin()
      .catch((err: unknown) => this.logger.warn({ err }, 'jobs could not be looked for'))
      .finally(() => {
        this.looking = undefined;
        if (this.stopped) return;
        this.timer = setTimeout(() => this.look(), this.lookAgain ? 0 : this.timing.pollMs);
        this.timer.unref();
      });
  }

  private async begin(): Promise<void> {
    await this.recurrences.makeDue(this.definitions);
    while (!this.stopped) {
      const names = this.namesWithRoom();
      const job = names.length === 0 ? null : await this.parts.store.claim(names);
      if (!job) return;
      const run = new JobRun(job, this.definitions.get(job.name) as JobDefinition<z.ZodType>, this.parts);
      this.runs.set(
        run,
        run.run().finally(() => {
          this.runs.delete(run);
          this.look();
        }),
      );
    }
  }

  private namesWithRoom(): string[] {
    const running = [...this.runs.keys()].map((run) => run.job.name);
    return [...this.definitions]
      .filter(([name, { concurrency = 1 }]) => running.filter((other) => other === name).length < concurrency)
      .map(([name]) => name);
  }
}
