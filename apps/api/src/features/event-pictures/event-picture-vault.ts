import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyRing } from '../../platform/crypto/key-ring';
import { unwrapAll, wrappingKey } from '../../platform/crypto/master-keys';
import { SecretBox } from '../../platform/crypto/secret-box';
import { TemplateVault } from '../people/template-vault';
import type { EventPicture } from './event-picture.entity';

const KEY_BYTES = 32;

/** What the seal of a picture depends on. */
export type SealedPicture = Pick<
  EventPicture,
  'id' | 'personId' | 'masterKeyId' | 'wrappedKey' | 'sealedJpeg'
>;

/** What of a row says which key its picture is sealed with. */
type PictureKey = Pick<EventPicture, 'id' | 'personId' | 'masterKeyId' | 'wrappedKey'>;

/** Seals pictures of visits: with the key of the person on them, or with a key of the row where nobody knows who it is. */
@Injectable()
export class EventPictureVault {
  constructor(
    private readonly vault: TemplateVault,
    private readonly ring: KeyRing,
  ) {}

  /** The key of a new row, in the caller's transaction. */
  async newKey(manager: EntityManager, id: string, personId: string | null): Promise<PictureKey> {
    if (personId !== null) return { id, personId, masterKeyId: null, wrappedKey: null };
    const key = randomBytes(KEY_BYTES);
    const master = await wrappingKey(manager, this.ring);
    const [wrapped] = await master.wrap([{ context: eventPictureKeyContext(id), key }]);
    key.fill(0);
    return { id, personId, masterKeyId: master.id, wrappedKey: Buffer.from(wrapped as Uint8Array) };
  }

  async seal(manager: EntityManager, picture: PictureKey, bytes: Uint8Array): Promise<Buffer> {
    const context = pictureContext(picture.id);
    if (picture.personId !== null) return this.vault.sealFor(manager, picture.personId, { bytes, context });
    return this.withOwnKey(picture, (box) => box.seal(bytes, context));
  }

  async open(manager: EntityManager, picture: SealedPicture): Promise<Uint8Array> {
    const { personId, sealedJpeg: sealed } = picture;
    const context = pictureContext(picture.id);
    if (personId !== null) return this.vault.openFor(manager, personId, { sealed, context });
    return this.withOwnKey(picture, (box) => box.open(sealed, context));
  }

  private async withOwnKey<T>(picture: PictureKey, work: (box: SecretBox) => T): Promise<T> {
    const { id, masterKeyId, wrappedKey } = picture;
    if (masterKeyId === null || wrappedKey === null) throw new Error('The picture has no key of its own.');
    const kept = { masterKeyId, wrapped: wrappedKey, context: eventPictureKeyContext(id) };
    const [key] = (await unwrapAll(this.ring, [kept])) as [Uint8Array];
    try {
      return work(new SecretBox(key));
    } finally {
      key.fill(0);
    }
  }
}

/** What the key of a picture of somebody unknown is bound to when it is wrapped. */
export function eventPictureKeyContext(id: string): string {
  return `event-picture-key/${id}`;
}

function pictureContext(id: string): string {
  return `event-picture/${id}`;
}
