import type { DataSource, EntityManager } from 'typeorm';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Deployment } from '../../platform/crypto/deployment.entity';
import type { KeyRing } from '../../platform/crypto/key-ring';
import type { SecretBox } from '../../platform/crypto/secret-box';
import { TemplateTransforms } from '../../platform/crypto/template-transforms';
import { embeddingOf, littleEndian } from '../people/embedding-bytes';
import { PersonKeys } from '../people/person-keys';
import type { SealedTemplate } from '../people/template-vault';
import { portraitContext, templateContext } from '../people/template-vault';

/** What is changed in one transaction. */
const BATCH = 200;

/** How many rows were adopted. */
export interface Adopted {
  readonly templates: number;
  readonly portraits: number;
}

/**
 * Seals anew, with the keys of their people and in the deployment's transform, what an earlier release sealed with its
 * one key. Each batch is a transaction: whoever is stopped in the middle goes on at the next start.
 */
export async function adoptSealedRows(dataSource: DataSource, ring: KeyRing): Promise<Adopted> {
  const deployment = await dataSource.getRepository(Deployment).findOneByOrFail({ id: 1 });
  const legacy = deployment.keyCheck ? ring.byCheck(deployment.keyCheck)?.box : undefined;
  if (!legacy) return { templates: 0, portraits: 0 };
  const adoption = new Adoption(dataSource, ring, legacy);
  return { templates: await adoption.templates(), portraits: await adoption.portraits() };
}

class Adoption {
  private readonly keys: PersonKeys;
  private readonly transforms: TemplateTransforms;
  private readonly feed: ChangeFeed;

  constructor(
    private readonly dataSource: DataSource,
    ring: KeyRing,
    private readonly legacy: SecretBox,
  ) {
    this.keys = new PersonKeys(ring);
    this.transforms = new TemplateTransforms(ring);
    this.feed = new ChangeFeed(dataSource);
  }

  templates(): Promise<number> {
    return this.repeat(async (manager) => {
      const rows = await manager.query<TemplateRow[]>(
        `SELECT id, person_id, model_id, sealed_embedding FROM template WHERE transform_id IS NULL
         ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [BATCH],
      );
      const transformId = await this.transforms.newest(manager);
      if (rows.length === 0 || transformId === null) return 0;
      const people = rows.map((row) => row.person_id);
      await this.keys.ensure(manager, people);
      const turned = await this.turned(manager, rows, transformId);
      const sealed = await this.keys.with(manager, people, (boxOf) =>
        turned.map(({ embedding, ...template }) =>
          boxOf(template.personId).seal(littleEndian(embedding), templateContext(template)),
        ),
      );
      await manager.query(
        `UPDATE template SET transform_id = $3, sealed_embedding = given.sealed
         FROM unnest($1::uuid[], $2::bytea[]) AS given (id, sealed) WHERE template.id = given.id`,
        [rows.map((row) => row.id), sealed, transformId],
      );
      await this.feed.record(
        manager,
        rows.map((row) => ({ family: 'template', entityId: row.id, deleted: false })),
      );
      return rows.length;
    });
  }

  portraits(): Promise<number> {
    return this.repeat(async (manager) => {
      const rows = await manager.query<{ person_id: string; sealed_jpeg: Buffer }[]>(
        `SELECT person_id, sealed_jpeg FROM portrait WHERE get_byte(sealed_jpeg, 0) = 1
         ORDER BY person_id LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [BATCH],
      );
      if (rows.length === 0) return 0;
      const people = rows.map((row) => row.person_id);
      await this.keys.ensure(manager, people);
      const sealed = await this.keys.with(manager, people, (boxOf) =>
        rows.map(({ person_id: id, sealed_jpeg: jpeg }) =>
          boxOf(id).seal(this.legacy.open(jpeg, portraitContext(id)), portraitContext(id)),
        ),
      );
      await manager.query(
        `UPDATE portrait SET sealed_jpeg = given.sealed
         FROM unnest($1::uuid[], $2::bytea[]) AS given (id, sealed) WHERE portrait.person_id = given.id`,
        [people, sealed],
      );
      return rows.length;
    });
  }

  private async turned(manager: EntityManager, rows: readonly TemplateRow[], transformId: string) {
    const turned: (Omit<SealedTemplate, 'sealedEmbedding'> & { embedding: Float32Array })[] = [];
    for (const { id, person_id: personId, model_id: modelId, sealed_embedding: sealed } of rows) {
      const opened = this.legacy.open(sealed, templateContext({ id, personId, modelId, transformId: null }));
      const plain = embeddingOf(opened);
      const transform = await this.transforms.of(manager, transformId, plain.length);
      turned.push({ id, personId, modelId, transformId, embedding: transform.apply(plain) });
    }
    return turned;
  }

  /** Runs a batch in a transaction until one finds nothing to do. @returns how many rows there were */
  private async repeat(batch: (manager: EntityManager) => Promise<number>): Promise<number> {
    for (let total = 0; ;) {
      const done = await this.dataSource.transaction(batch);
      if (done === 0) return total;
      total += done;
    }
  }
}

interface TemplateRow {
  readonly id: string;
  readonly person_id: string;
  readonly model_id: string;
  readonly sealed_embedding: Buffer;
}
