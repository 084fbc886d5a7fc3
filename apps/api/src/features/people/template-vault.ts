import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TemplateTransforms } from '../../platform/crypto/template-transforms';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { embeddingOf, littleEndian } from './embedding-bytes';
import { PersonKeys } from './person-keys';
import { Portrait } from './portrait.entity';
import { Template } from './template.entity';

/** What is needed of a template to open it. */
export type SealedTemplate = Pick<
  Template,
  'id' | 'personId' | 'modelId' | 'transformId' | 'sealedEmbedding'
>;

/**
 * Keeps templates and pictures sealed with their person's key: each is bound to its row, so that one cannot be passed
 * off as another. Embeddings are kept as the deployment's transform turns them.
 */
@Injectable()
export class TemplateVault {
  constructor(
    private readonly keys: PersonKeys,
    private readonly transforms: TemplateTransforms,
  ) {}

  /**
   * Adds a template in the caller's transaction.
   *
   * @param embedding L2-normalised, as the model made it; copied.
   */
  async add(
    manager: EntityManager,
    given: Pick<Template, 'personId' | 'modelId' | 'origin'> &
      Partial<Pick<Template, 'quality' | 'cropId'>> & { embedding: Float32Array },
  ): Promise<Template> {
    const { embedding, ...fields } = given;
    const transformId = await this.transforms.newest(manager);
    if (transformId === null)
      throw new AppError('internal', 'crypto/no-transform', 'There is no transform yet.');
    const template = manager.create(Template, {
      quality: null,
      cropId: null,
      ...fields,
      id: newId(),
      transformId,
      createdAt: new Date(),
    });
    await this.keys.ensure(manager, [fields.personId]);
    const turned = (await this.transforms.of(manager, transformId, embedding.length)).apply(embedding);
    template.sealedEmbedding = await this.keys.with(manager, [fields.personId], (boxOf) =>
      boxOf(fields.personId).seal(littleEndian(turned), templateContext(template)),
    );
    await manager.insert(Template, template);
    return template;
  }

  /** The embeddings by template, as they are kept: turned by each template's own transform. */
  async openEmbeddings(
    manager: EntityManager,
    templates: readonly SealedTemplate[],
  ): Promise<Map<string, Float32Array>> {
    const people = templates.map((template) => template.personId);
    return this.keys.with(manager, people, (boxOf) => {
      const opened = templates.map((template) => {
        const bytes = boxOf(template.personId).open(template.sealedEmbedding, templateContext(template));
        return [template.id, embeddingOf(bytes)] as const;
      });
      return new Map(opened);
    });
  }

  /** The embeddings by template, as the models made them; for whom knows no transform. */
  async openPlainEmbeddings(
    manager: EntityManager,
    templates: readonly SealedTemplate[],
  ): Promise<Map<string, Float32Array>> {
    const plain = await this.openEmbeddings(manager, templates);
    for (const { id, transformId } of templates) {
      const turned = plain.get(id);
      if (transformId === null || !turned) continue;
      plain.set(id, (await this.transforms.of(manager, transformId, turned.length)).revert(turned));
    }
    return plain;
  }

  /** A probe as templates of a version are kept: only with those does it compare. */
  async probe(manager: EntityManager, transformId: string, embedding: Float32Array): Promise<Float32Array> {
    return (await this.transforms.of(manager, transformId, embedding.length)).apply(embedding);
  }

  /** Keeps templates in another version of the transform, in the caller's transaction. */
  async turn(
    manager: EntityManager,
    templates: readonly SealedTemplate[],
    transformId: string,
  ): Promise<void> {
    const plain = await this.openPlainEmbeddings(manager, templates);
    const turned = new Map<string, Float32Array>();
    for (const [id, embedding] of plain) turned.set(id, await this.probe(manager, transformId, embedding));
    const people = templates.map((template) => template.personId);
    const sealed = await this.keys.with(manager, people, (boxOf) =>
      templates.map((template) =>
        boxOf(template.personId).seal(
          littleEndian(turned.get(template.id) as Float32Array),
          templateContext({ ...template, transformId }),
        ),
      ),
    );
    await manager.query(
      `UPDATE template SET transform_id = $3, sealed_embedding = given.sealed
       FROM unnest($1::uuid[], $2::bytea[]) AS given (id, sealed) WHERE template.id = given.id`,
      [templates.map((template) => template.id), sealed, transformId],
    );
  }

  /** Sets a person's picture in the caller's transaction. */
  async setPortrait(manager: EntityManager, personId: string, jpeg: Uint8Array): Promise<Portrait> {
    const portrait = manager.create(Portrait, {
      personId,
      sealedJpeg: await this.sealFor(manager, personId, { bytes: jpeg, context: portraitContext(personId) }),
      updatedAt: new Date(),
    });
    await manager.upsert(Portrait, portrait, ['personId']);
    return portrait;
  }

  openPortrait(manager: EntityManager, personId: string, sealed: Buffer): Promise<Uint8Array> {
    return this.openFor(manager, personId, { sealed, context: portraitContext(personId) });
  }

  /** Seals with a person's key, which is made when there is none, in the caller's transaction. */
  async sealFor(
    manager: EntityManager,
    personId: string,
    { bytes, context }: { bytes: Uint8Array; context: string },
  ): Promise<Buffer> {
    await this.keys.ensure(manager, [personId]);
    return this.keys.with(manager, [personId], (boxOf) => boxOf(personId).seal(bytes, context));
  }

  openFor(
    manager: EntityManager,
    personId: string,
    { sealed, context }: { sealed: Uint8Array; context: string },
  ): Promise<Uint8Array> {
    return this.keys.with(manager, [personId], (boxOf) => boxOf(personId).open(sealed, context));
  }
}

/** What a sealed embedding is bound to. */
export function templateContext({
  id,
  personId,
  modelId,
  transformId,
}: Pick<Template, 'id' | 'personId' | 'modelId' | 'transformId'>): string {
  // Before there were transforms, the text ended with the model.
  return `template/${id}/${personId}/${modelId}${transformId === null ? '' : `/${transformId}`}`;
}

/** What a person's sealed picture is bound to. */
export function portraitContext(personId: string): string {
  return `portrait/${personId}`;
}
