import { cameraSettingsSchema, type CameraSettings } from '@munjigi/contracts';
import type { CameraMemory } from '../../ports/camera-memory';
import type { MetaKey, MetaTable } from './meta-table';
import type { TemplateCipher } from './template-cipher';

type CameraKey = Extract<MetaKey, 'camera' | 'good_camera'>;

/** Keeps camera settings, which may hold a password, sealed with the device's key. */
export class SealedCameras implements CameraMemory {
  readonly #meta: MetaTable;
  readonly #cipher: TemplateCipher;

  constructor(options: { meta: MetaTable; cipher: TemplateCipher }) {
    this.#meta = options.meta;
    this.#cipher = options.cipher;
  }

  /** @returns null when there are none, or they were sealed with another key or by a version that meant others */
  get(key: CameraKey): CameraSettings | null {
    const sealed = this.#meta.get(key);
    const plain = sealed === null ? null : this.#cipher.openSecret(Buffer.from(sealed, 'base64'), key);
    if (!plain) return null;
    const json: unknown = JSON.parse(Buffer.from(plain).toString('utf8'));
    return cameraSettingsSchema.nullable().catch(null).parse(json);
  }

  set(key: CameraKey, settings: CameraSettings | null): void {
    const plain = Buffer.from(JSON.stringify(settings), 'utf8');
    this.#meta.set(key, this.#cipher.sealSecret(plain, key).toString('base64'));
  }

  lastGood(): CameraSettings | null {
    return this.get('good_camera');
  }

  keepGood(settings: CameraSettings): void {
    this.set('good_camera', settings);
  }
}
