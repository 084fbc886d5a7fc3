import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SecretBox } from '../../platform/crypto/secret-box';
import { newId } from '../../platform/database/uuid';
import { Portrait } from './portrait.entity';
import { Template } from './template.entity';

/** Keeps templates and portraits sealed: each is bound to its row, so that one cannot be passed off as another. */
@Injectable()
export class TemplateVault {
  constructor(private readonly box: SecretBox) {}

  /**
   * Adds a template in the caller's transaction.
   *
   * @param embedding L2-normalised; copied.
   */
  async add(
    manager: EntityManager,
    given: Pick<Template, 'personId' | 'modelId' | 'origin'> & { embedding: Float32Array },
  ): Promise<Template> {
    const { embedding, ...fields } = given;
    const template = manager.create(Template, { ...fields, id: newId(), createdAt: new Date() });
    template.sealedEmbedding = this.box.seal(littleEndian(embedding), templateContext(template));
    await manager.insert(Template, template);
    return template;
  }

  /** The embedding as it goes over the wire: float32, little-endian. */
  openEmbedding(template: Template): Uint8Array {
    return this.box.open(template.sealedEmbedding, templateContext(template));
  }

  /** Sets a person's picture in the caller's transaction. */
  async setPortrait(manager: EntityManager, personId: string, jpeg: Uint8Array): Promise<Portrait> {
    const portrait = manager.create(Portrait, {
      personId,
      sealedJpeg: this.box.seal(jpeg, portraitContext(personId)),
      updatedAt: new Date(),
    });
    await manager.upsert(Portrait, portrait, ['personId']);
    return portrait;
  }

  openPortrait(personId: string, sealed: Buffer): Uint8Array {
    return this.box.open(sealed, portraitContext(personId));
  }
}

function templateContext({ id, personId, modelId }: Template): string {
  return `template/${id}/${personId}/${modelId}`;
}

function portraitContext(personId: string): string {
  return `portrait/${personId}`;
}

function littleEndian(embedding: Float32Array): Uint8Array {
  const bytes = new Uint8Array(embedding.length * 4);
  const view = new DataView(bytes.buffer);
  embedding.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return bytes;
}
