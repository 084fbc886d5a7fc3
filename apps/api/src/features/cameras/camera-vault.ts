import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { cameraSettingsSchema, type CameraSettings, type CameraView } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { KeyRing } from '../../platform/crypto/key-ring';
import { unwrapAll, wrappingKey } from '../../platform/crypto/master-keys';
import { SecretBox } from '../../platform/crypto/secret-box';
import { DoorCamera } from './door-camera.entity';

const KEY_BYTES = 32;

/** What a row keeps of a password. */
export type KeptPassword = Pick<DoorCamera, 'masterKeyId' | 'wrappedKey' | 'sealedPassword'>;

/** No password. */
export const NO_PASSWORD: KeptPassword = { masterKeyId: null, wrappedKey: null, sealedPassword: null };

/** The only reader and writer of cameras: their passwords are sealed, each with a key of its own. */
@Injectable()
export class CameraVault {
  constructor(private readonly ring: KeyRing) {}

  find(manager: EntityManager, doorId: string): Promise<DoorCamera | null> {
    return manager.findOneBy(DoorCamera, { doorId });
  }

  /** Keeps a camera in place of the door's before. */
  async keep(
    manager: EntityManager,
    doorId: string,
    kept: { camera: CameraView; password: KeptPassword },
  ): Promise<void> {
    const { camera, password } = kept;
    await manager.upsert(DoorCamera, { doorId, camera, ...password, updatedAt: new Date() }, ['doorId']);
  }

  async forget(manager: EntityManager, doorId: string): Promise<void> {
    await manager.delete(DoorCamera, { doorId });
  }

  /** Seals a password for a door's row. */
  async seal(manager: EntityManager, doorId: string, password: string): Promise<KeptPassword> {
    const key = randomBytes(KEY_BYTES);
    const master = await wrappingKey(manager, this.ring);
    const [wrapped] = await master.wrap([{ context: cameraKeyContext(doorId), key }]);
    const sealedPassword = new SecretBox(key).seal(Buffer.from(password, 'utf8'), passwordContext(doorId));
    key.fill(0);
    return { masterKeyId: master.id, wrappedKey: Buffer.from(wrapped as Uint8Array), sealedPassword };
  }

  /** A kept camera as the door's own agent is sent it, password and all. */
  async open(row: DoorCamera): Promise<CameraSettings> {
    const password = await this.passwordOf(row);
    const { camera } = row;
    return cameraSettingsSchema.parse({ ...camera, source: { ...camera.source, password } });
  }

  private async passwordOf({
    doorId,
    masterKeyId,
    wrappedKey,
    sealedPassword,
  }: DoorCamera): Promise<string | null> {
    if (masterKeyId === null || wrappedKey === null || sealedPassword === null) return null;
    const kept = { masterKeyId, wrapped: wrappedKey, context: cameraKeyContext(doorId) };
    const [key] = await unwrapAll(this.ring, [kept]);
    const password = new SecretBox(key as Uint8Array).open(sealedPassword, passwordContext(doorId));
    key?.fill(0);
    return Buffer.from(password).toString('utf8');
  }
}

/** What the key of a camera's password is bound to when it is wrapped. */
export function cameraKeyContext(doorId: string): string {
  return `camera-key/${doorId}`;
}

function passwordContext(doorId: string): string {
  return `camera-password/${doorId}`;
}
