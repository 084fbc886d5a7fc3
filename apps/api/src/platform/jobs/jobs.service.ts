import { Injectable } from '@nestjs/common';
import type { jobSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../audit/audit';
import type { SignedIn } from '../auth/session-store';
import { AppError } from '../errors/app-error';
import { Job } from './job.entity';
import { presentJob } from './job.presenter';
import { Jobs } from './jobs';

type JobView = z.input<typeof jobSchema>;

/** Jobs as those see them who asked for them. Somebody else's job is none: what came of it is not theirs to see. */
@Injectable()
export class JobsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  /** @throws {AppError} `jobs/not-found` */
  async get(id: string, by: SignedIn): Promise<JobView> {
    return presentJob(await this.own(id, by));
  }

  /** Asks for an end; what is over stays as it is. @throws {AppError} `jobs/not-found` */
  async cancel(id: string, by: SignedIn): Promise<JobView> {
    const { name, state } = await this.own(id, by);
    if (state !== 'waiting' && state !== 'running') return this.get(id, by);
    await this.dataSource.transaction(async (manager) => {
      await this.jobs.cancel(manager, id);
      await this.audit.record(manager, {
        by,
        action: 'job/cancelled',
        subjectId: id,
        details: { kind: name },
      });
    });
    return this.get(id, by);
  }

  private async own(id: string, by: SignedIn): Promise<Job> {
    const job = await this.dataSource.manager.findOneBy(Job, { id });
    const { actorKind, actorId } = job?.madeBy ?? {};
    if (job && actorId !== null && actorId === by.actorId && actorKind === by.actorKind) return job;
    throw new AppError('not-found', 'jobs/not-found', 'There is no such job of yours.', {
      detail: 'Jobs are kept for 30 days after their end.',
    });
  }
}
