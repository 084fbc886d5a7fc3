import type { jobSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { Job } from './job.entity';

/** A job as the wire has it: without what it was given, and where it would go on. */
export function presentJob(job: Job): z.input<typeof jobSchema> {
  return {
    id: job.id,
    kind: job.name,
    state: job.state,
    cancelRequested: job.cancelRequested,
    progress: { done: job.progressDone, total: job.progressTotal, message: job.progressMessage },
    createdAt: job.createdAt.toISOString(),
    startedAt: job.startedAt && job.startedAt.toISOString(),
    finishedAt: job.finishedAt && job.finishedAt.toISOString(),
    result: job.result,
    error: job.error,
  };
}
