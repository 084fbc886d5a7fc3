import { Injectable } from '@nestjs/common';
import type { modelJobSchema, templateModelsSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import type { JobContext, JobKind } from '../../platform/jobs/job-kind';
import { Jobs } from '../../platform/jobs/jobs';
import { Vision } from '../../platform/vision/vision';
import { ModelsRepository } from './models.repository';
import { ReEmbedding } from './re-embedding';

const BATCH = 500;
const payloadSchema = z.object({ modelId: z.string() });

type ModelJobView = z.input<typeof modelJobSchema>;

/** The models that templates are of: new ones beside the old, and the old ones taken away when they are done with. */
@Injectable()
export class ModelsService {
  private readonly reEmbed: JobKind<typeof payloadSchema>;
  private readonly removal: JobKind<typeof payloadSchema>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly vision: Vision,
    private readonly models: ModelsRepository,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    jobs: Jobs,
    reEmbedding: ReEmbedding,
  ) {
    this.reEmbed = jobs.define('models/re-embed', {
      schema: payloadSchema,
      run: (job) => reEmbedding.run(job),
    });
    this.removal = jobs.define('models/remove-templates', {
      schema: payloadSchema,
      run: (job) => this.removeTemplates(job),
    });
  }

  async list(by: SignedIn): Promise<z.input<typeof templateModelsSchema>> {
    by.access.require('settings:read', null);
    const items = await this.models.models();
    return { items: items.map((model) => ({ ...model, current: model.id === this.vision.modelId })) };
  }

  /** Begins to make templates of a model from kept pictures. @throws {AppError} `models/unknown`, `auth/forbidden` */
  async reEmbedAll(modelId: string, by: SignedIn): Promise<ModelJobView> {
    by.access.require('enrolment:write', null);
    await this.vision.assertKnown(modelId);
    return this.enqueue(this.reEmbed, modelId, by);
  }

  /**
   * Begins to delete a model's templates.
   *
   * @throws {AppError} `models/in-use` for the model that new templates are made with, `models/no-templates`
   */
  async removeAll(modelId: string, by: SignedIn): Promise<ModelJobView> {
    by.access.require('enrolment:write', null);
    if (modelId === this.vision.modelId) {
      throw new AppError('conflict', 'models/in-use', 'New templates are made with this model.', {
        detail: 'Set MUNJIGI_MODEL to the other one, here and at the doors, and start again; then ask again.',
      });
    }
    const found = (await this.models.models()).some(({ id }) => id === modelId);
    if (!found)
      throw new AppError('not-found', 'models/no-templates', 'There are no templates of this model.');
    return this.enqueue(this.removal, modelId, by);
  }

  private enqueue(kind: JobKind<typeof payloadSchema>, modelId: string, by: SignedIn): Promise<ModelJobView> {
    return this.dataSource.transaction(async (manager) => ({
      jobId: await kind.enqueue(manager, { modelId }, { by, key: modelId }),
    }));
  }

  private async removeTemplates(job: JobContext<{ modelId: string }>): Promise<Record<string, unknown>> {
    const { modelId } = job.payload;
    let removed = z.int().catch(0).parse(job.checkpoint);
    for (;;) {
      job.signal.throwIfAborted();
      const count = await job.transaction(async (manager) => {
        const ids = await this.models.remove(manager, modelId, BATCH);
        if (ids.length > 0) {
          await this.audit.record(manager, {
            by: job.by,
            action: 'models/templates-removed',
            details: { modelId, templates: ids.length },
          });
        }
        await job.keep(manager, removed + ids.length);
        await this.changes.record(
          manager,
          ids.map((entityId) => ({ family: 'template', entityId, deleted: true })),
        );
        return ids.length;
      });
      removed += count;
      if (count < BATCH) return { modelId, removed };
    }
  }
}
