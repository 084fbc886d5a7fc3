import { Injectable } from '@nestjs/common';
import { decodeImage, type FacePipeline } from '@munjigi/face-core';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import type { JobContext } from '../../platform/jobs/job-kind';
import { Vision } from '../../platform/vision/vision';
import { EnrolmentCrops, type OpenCrop } from '../people/enrolment-crops';
import { PeopleRepository } from '../people/people.repository';
import { TemplateVault } from '../people/template-vault';
import { ModelsRepository } from './models.repository';

const PAGE = 50;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
/** So many people are named in the report; it says how many there are. */
const NAMED_MAX = 1_000;
const FACE_SIZE_MIN_PX = 24;
const PIXELS_MAX = 4_000_000;

/** How far a run has come. */
const checkpointSchema = z.object({
  after: z.string(),
  people: z.int(),
  templates: z.int(),
  faceless: z.int(),
});

type Checkpoint = z.infer<typeof checkpointSchema>;

/** Makes templates of another model from the pictures that were kept, beside those that are there. */
@Injectable()
export class ReEmbedding {
  constructor(
    private readonly dataSource: DataSource,
    private readonly vision: Vision,
    private readonly models: ModelsRepository,
    private readonly people: PeopleRepository,
    private readonly crops: EnrolmentCrops,
    private readonly vault: TemplateVault,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  /** Does it for everybody; goes on from its checkpoint. @returns a report, with who has no template of the model */
  async run(job: JobContext<{ modelId: string }>): Promise<Record<string, unknown>> {
    const { modelId } = job.payload;
    const pipeline = await this.vision.openModel(modelId);
    try {
      const reached = await this.all(job, pipeline);
      const { count, people } = await this.models.without(modelId, NAMED_MAX);
      const { templates, faceless } = reached;
      await job.transaction((manager) =>
        this.audit.record(manager, {
          by: job.by,
          action: 'models/re-embedded',
          details: { modelId, templates, peopleWithout: count },
        }),
      );
      return { modelId, people: reached.people, templates, faceless, peopleWithout: count, without: people };
    } finally {
      await pipeline.close();
    }
  }

  private async all(job: JobContext<{ modelId: string }>, pipeline: FacePipeline): Promise<Checkpoint> {
    const start = { after: BEFORE_ALL, people: 0, templates: 0, faceless: 0 };
    let reached = job.checkpoint === null ? start : checkpointSchema.parse(job.checkpoint);
    const total = await this.models.peopleCount();
    for (;;) {
      const page = await this.models.people(reached.after, PAGE);
      if (page.length === 0) return reached;
      for (const personId of page) {
        job.signal.throwIfAborted();
        reached = await this.one(job, { pipeline, personId, reached });
        await job.progress({ done: reached.people, total });
      }
    }
  }

  /** Looks at a person's pictures first, and then writes: a picture takes longer than a transaction should. */
  private async one(
    job: JobContext<{ modelId: string }>,
    { pipeline, personId, reached }: { pipeline: FacePipeline; personId: string; reached: Checkpoint },
  ): Promise<Checkpoint> {
    const { manager } = this.dataSource;
    const { modelId } = job.payload;
    const wanted = await this.models.crops(manager, personId, modelId);
    const opened = wanted.length === 0 ? [] : await this.crops.ofPerson(manager, personId);
    const faces = new Map<string, Float32Array>();
    for (const { crop_id: id } of wanted) {
      const crop = opened.find((each) => each.id === id);
      const embedding = crop && (await embed(pipeline, crop));
      if (embedding) faces.set(id, embedding);
    }
    return job.transaction(async (writing) => {
      const made = await this.add(writing, { personId, modelId, faces });
      const next = {
        after: personId,
        people: reached.people + 1,
        templates: reached.templates + made.length,
        faceless: reached.faceless + wanted.length - faces.size,
      };
      await job.keep(writing, next);
      await this.changes.record(
        writing,
        made.map((entityId) => ({ family: 'template', entityId, deleted: false })),
      );
      return next;
    });
  }

  private async add(
    manager: EntityManager,
    given: { personId: string; modelId: string; faces: ReadonlyMap<string, Float32Array> },
  ): Promise<string[]> {
    const { personId, modelId, faces } = given;
    // Whoever was deleted meanwhile, or whose pictures were, gets none.
    if (faces.size === 0 || !(await this.people.find(manager, personId))) return [];
    const made: string[] = [];
    for (const { crop_id: cropId, origin } of await this.models.crops(manager, personId, modelId)) {
      const embedding = faces.get(cropId);
      if (!embedding) continue;
      made.push((await this.vault.add(manager, { personId, modelId, origin, cropId, embedding })).id);
    }
    return made;
  }
}

/** The embedding of the largest face, or null where none is found. */
async function embed(pipeline: FacePipeline, { jpeg }: OpenCrop): Promise<Float32Array | null> {
  const frame = await decodeImage(jpeg, { pixelsMax: PIXELS_MAX });
  const [face] = await pipeline.analyze(frame, { faceSizeMinPx: FACE_SIZE_MIN_PX });
  return face?.embedding ?? null;
}
