import type { DataSource, EntityManager } from 'typeorm';
import type { PinoLogger } from 'nestjs-pino';
import { AppError } from '../errors/app-error';
import { toAppError } from '../errors/to-app-error';
import type { JobContext, JobDefinition, JobProgress } from './job-kind';
import type { HeldJob, JobStore } from './job-store';
import { retryDelayMs } from './retry-delay';
import type { z } from 'zod';

const PROGRESS_MS = 500;

/** Why a run has to leave. */
export type StopCause = 'cancelled' | 'lost' | 'stopping';

/** What a run's signal is aborted with. */
export class JobStopped extends Error {
  override readonly name = 'JobStopped';

  constructor(readonly why: StopCause) {
    super(`the job has to stop: ${why}`);
  }
}

/** What runs share. */
export interface RunParts {
  readonly dataSource: DataSource;
  readonly store: JobStore;
  readonly logger: Pick<PinoLogger, 'debug' | 'warn'>;
  /** How often the lease is renewed, ms. */
  readonly renewMs: number;
}

/** One run of one job, from the moment that it is held until it is let go of. */
export class JobRun {
  private readonly controller = new AbortController();
  private timer?: NodeJS.Timeout;
  private renewing: Promise<void> = Promise.resolve();
  private told: JobProgress | null = null;
  private toldAt = 0;
  private over = false;

  constructor(
    readonly job: HeldJob,
    private readonly definition: JobDefinition<z.ZodType>,
    private readonly parts: RunParts,
  ) {}

  /** Does the work and writes what became of it. Never throws. */
  async run(): Promise<void> {
    try {
      if (this.job.cancel_requested) this.stop('cancelled');
      this.renewLater();
      await this.work().finally(() => this.rest());
    } catch (err) {
      // Its lease runs out, and it is run again.
      this.parts.logger.warn({ err, job: this.job.name, jobId: this.job.id }, 'job could not be let go of');
    }
  }

  /** Asks the run to leave; the first cause counts. */
  stop(why: StopCause): void {
    this.controller.abort(new JobStopped(why));
  }

  /** Lets others have the job at once though this run has not left: what it still does is void. */
  abandon(): Promise<void> {
    return this.parts.store.giveBack(this.job, { delayMs: 0, counts: false });
  }

  private async work(): Promise<void> {
    const { job, parts } = this;
    try {
      if (job.attempt > job.attempts_max) {
        throw new AppError('unprocessable', 'jobs/interrupted', 'The work was interrupted too often.', {
          detail: 'The process that did it ended each time before it got on. Look at the server’s log.',
        });
      }
      this.controller.signal.throwIfAborted();
      const result = await this.definition.run(this.context());
      await this.rest();
      await parts.store.renew(job, this.told);
      await parts.store.finish(job, { state: 'done', result: result ?? null });
      parts.logger.debug({ job: job.name, jobId: job.id }, 'job done');
    } catch (error) {
      await this.rest();
      await this.failed(error);
    }
  }

  private async failed(error: unknown): Promise<void> {
    const { job, parts } = this;
    const why = this.controller.signal.aborted
      ? (this.controller.signal.reason as JobStopped).why
      : undefined;
    if (why === 'lost') return;
    if (why === 'cancelled') return parts.store.finish(job, { state: 'cancelled' });
    if (why === 'stopping') return parts.store.giveBack(job, { delayMs: 0, counts: false });
    const told = toAppError(error);
    const final = !(told.retryable || told.kind === 'internal') || job.attempt >= job.attempts_max;
    parts.logger.warn(
      { err: told.cause ?? told, code: told.code, job: job.name, jobId: job.id, attempt: job.attempt, final },
      'job failed',
    );
    if (!final) return parts.store.giveBack(job, { delayMs: retryDelayMs(job.attempt), counts: true });
    const { code, message: title, detail } = told;
    return parts.store.finish(job, { state: 'failed', error: { code, title, detail } });
  }

  private context(): JobContext<unknown> {
    const { job, parts } = this;
    return {
      jobId: job.id,
      payload: this.definition.schema.parse(job.payload),
      by: job.made_by,
      attempt: job.attempt,
      checkpoint: job.checkpoint,
      signal: this.controller.signal,
      progress: (progress) => this.tell(progress),
      transaction: (work) => this.transaction(work),
      keep: (manager, checkpoint) => parts.store.keep(manager, job, checkpoint),
    };
  }

  private transaction<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const { dataSource, store } = this.parts;
    return dataSource.transaction(async (manager) => {
      if (!(await store.holds(manager, this.job))) {
        this.stop('lost');
        this.controller.signal.throwIfAborted();
      }
      return work(manager);
    });
  }

  private async tell(progress: JobProgress): Promise<void> {
    this.told = progress;
    if (Date.now() - this.toldAt < PROGRESS_MS) return;
    this.toldAt = Date.now();
    await this.renew();
  }

  private async renew(): Promise<void> {
    const cancelled = await this.parts.store.renew(this.job, this.told);
    if (cancelled === null) this.stop('lost');
    else if (cancelled) this.stop('cancelled');
  }

  private renewLater(): void {
    this.timer = setTimeout(() => {
      this.renewing = this.renew()
        .catch((err: unknown) =>
          this.parts.logger.warn({ err, jobId: this.job.id }, 'the lease of a job could not be renewed'),
        )
        .then(() => {
          if (!this.over) this.renewLater();
        });
    }, this.parts.renewMs);
    this.timer.unref();
  }

  /** No renewal is under way from here on: what is written last is the end. */
  private async rest(): Promise<void> {
    this.over = true;
    clearTimeout(this.timer);
    await this.renewing;
  }
}
