import { Injectable } from '@nestjs/common';
import { Gallery } from '@munjigi/face-core';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, In, type EntityManager } from 'typeorm';
import { ChangeFeed, type FeedEntry } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import { Vision } from '../../platform/vision/vision';
import { Template } from '../people/template.entity';
import { TemplateVault, type SealedTemplate } from '../people/template-vault';

/** Somebody of the organisation, and how alike. */
export interface Alike {
  readonly personId: string;
  /** Cosine, -1 to 1. */
  readonly similarity: number;
}

/** A template of 512 numbers takes 2.9 kB: 0.6 GB in all. */
const TEMPLATES_MAX = 200_000;
const PAGE = 500;
const TOP = 6;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const SEALED = { id: true, personId: true, modelId: true, transformId: true, sealedEmbedding: true } as const;

/**
 * Every template of the server's model in memory, to be searched 1:N over the whole organisation.
 *
 * Read from the vault when it is first needed; from then on the change feed says what to read again, whichever process
 * changed it. Embeddings stay as they are kept, turned by the deployment's transform: one gallery a version of it.
 */
@Injectable()
export class OrganisationGallery {
  private galleries = new Map<string, Gallery>();
  /** The last revision that is in the galleries; null before they were read. */
  private revision: number | null = null;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly dataSource: DataSource,
    private readonly feed: ChangeFeed,
    private readonly vault: TemplateVault,
    private readonly vision: Vision,
    private readonly logger: PinoLogger,
  ) {}

  /** Templates in memory. */
  get size(): number {
    return [...this.galleries.values()].reduce((sum, gallery) => sum + gallery.size, 0);
  }

  /**
   * Reads all templates, unless that was done: ten seconds or more for 100,000. Call it before a transaction, so that
   * nothing is locked meanwhile.
   */
  async ready(): Promise<void> {
    await this.inTurn(async () => {
      if (this.revision === null) await this.readAll(this.dataSource.manager);
    });
  }

  /**
   * The people most alike to any of these embeddings, best first, as the database is for this transaction.
   *
   * @param embeddings as the model made them
   * @throws {AppError} `enrolment/gallery-full` when there are more templates than are kept in memory
   */
  async search(manager: EntityManager, embeddings: readonly Float32Array[]): Promise<Alike[]> {
    await this.inTurn(() => this.catchUp(manager));
    const best = new Map<string, number>();
    for (const [transformId, gallery] of this.galleries) {
      if (gallery.size === 0) continue;
      for (const embedding of embeddings) {
        const probe = await this.vault.probe(manager, transformId, embedding);
        for (const { personId, similarity } of await gallery.searchAsync(probe, { top: TOP })) {
          best.set(personId, Math.max(similarity, best.get(personId) ?? -1));
        }
      }
    }
    const alike = [...best].map(([personId, similarity]) => ({ personId, similarity }));
    return alike.sort((a, b) => b.similarity - a.similarity);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async readAll(manager: EntityManager): Promise<void> {
    this.forget();
    // What changes while it is read is read again by its revision.
    const [head] = await manager.query<[{ revision: string }]>(
      'SELECT revision FROM change_head WHERE id = 1',
    );
    let after = BEFORE_ALL;
    for (;;) {
      const page = await manager
        .createQueryBuilder(Template, 'template')
        .select(Object.keys(SEALED).map((name) => `template.${name}`))
        .where('template.modelId = :modelId AND template.id > :after', {
          modelId: this.vision.modelId,
          after,
        })
        .orderBy('template.id')
        .limit(PAGE)
        .getMany();
      await this.put(manager, page);
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last.id;
    }
    this.revision = Number(head.revision);
  }

  private async catchUp(manager: EntityManager): Promise<void> {
    if (this.revision === null) await this.readAll(manager);
    for (;;) {
      const afterRevision = this.revision ?? 0;
      const page = await this.feed.page(manager, { afterRevision, limit: PAGE, doorId: null });
      if (page.reset) return this.readAll(manager);
      await this.apply(manager, page.entries);
      this.revision = page.throughRevision;
      if (page.throughRevision >= page.headRevision) return;
    }
  }

  private async apply(manager: EntityManager, entries: readonly FeedEntry[]): Promise<void> {
    const ids = entries.filter(({ family }) => family === 'template').map(({ entityId }) => entityId);
    if (ids.length === 0) return;
    const where = { id: In(ids), modelId: this.vision.modelId };
    const found = await manager.find(Template, { where, select: SEALED });
    // One that moved to another version of the transform must not stay in the old one.
    for (const gallery of this.galleries.values()) for (const id of ids) gallery.remove(id);
    await this.put(manager, found);
  }

  private async put(manager: EntityManager, templates: readonly Template[]): Promise<void> {
    if (this.size + templates.length > TEMPLATES_MAX) {
      this.forget();
      throw new AppError(
        'unavailable',
        'enrolment/gallery-full',
        'There are too many templates to compare with.',
        {
          detail: `At most ${TEMPLATES_MAX} are compared. Set duplicates to off in the settings of enrolment.`,
        },
      );
    }
    for (const [template, embedding] of await this.open(manager, templates)) {
      const { id: templateId, personId, modelId, transformId } = template;
      if (transformId === null) continue;
      const gallery =
        this.galleries.get(transformId) ?? new Gallery({ modelId, dimension: embedding.length });
      this.galleries.set(transformId, gallery);
      gallery.put({ templateId, personId, modelId, embedding });
    }
  }

  /** A template that cannot be opened, such as of somebody who is being erased, must not keep the others away. */
  private async open(
    manager: EntityManager,
    templates: readonly SealedTemplate[],
  ): Promise<[SealedTemplate, Float32Array][]> {
    try {
      const embeddings = await this.vault.openEmbeddings(manager, templates);
      return templates.flatMap((template) => {
        const embedding = embeddings.get(template.id);
        return embedding ? [[template, embedding] as [SealedTemplate, Float32Array]] : [];
      });
    } catch (err) {
      if (!(err instanceof AppError) || err.kind !== 'internal') throw err;
      const [only] = templates;
      if (templates.length === 1 && only) {
        this.logger.warn({ err, templateId: only.id }, 'a template cannot be compared with');
        return [];
      }
      const half = Math.ceil(templates.length / 2);
      const parts = [templates.slice(0, half), templates.slice(half)];
      return [...(await this.open(manager, parts[0] ?? [])), ...(await this.open(manager, parts[1] ?? []))];
    }
  }

  private forget(): void {
    for (const gallery of this.galleries.values()) gallery.clear();
    this.galleries = new Map();
    this.revision = null;
  }
}
