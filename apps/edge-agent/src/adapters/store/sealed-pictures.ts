import { mkdir, opendir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pictureHash } from '../../domain/picture-hash';
import type { EventPicture, KeptPicture, PictureStore } from '../../ports/picture-store';
import type { TemplateCipher } from './template-cipher';

const NAME = /^([A-Za-z0-9_-]{43})\.(unknown|[0-9a-f-]{36})$/;
const UNKNOWN = 'unknown';

/**
 * Pictures of events in a folder, each sealed with the device's key and named by its hash and by who is on it: what has
 * to go with a person is found without opening any. Files may be deleted by whoever needs room.
 */
export class SealedPictures implements PictureStore {
  readonly #directory: string;
  readonly #cipher: TemplateCipher;

  /** @param options.directory need not be there */
  constructor(options: { directory: string; cipher: TemplateCipher }) {
    this.#directory = options.directory;
    this.#cipher = options.cipher;
  }

  async keep({ hash, jpeg }: EventPicture, personId: string | null): Promise<void> {
    const name = nameOf({ hash, personId });
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const temporary = join(this.#directory, `${name}.tmp`);
    try {
      await writeFile(temporary, this.#cipher.sealSecret(jpeg, bindingOf(name)), { mode: 0o600 });
      await rename(temporary, join(this.#directory, name));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async some(countMax: number): Promise<KeptPicture[]> {
    const found: KeptPicture[] = [];
    for await (const picture of this.#all()) {
      found.push(picture);
      if (found.length >= countMax) break;
    }
    return found;
  }

  async read(picture: KeptPicture): Promise<Uint8Array | null> {
    const name = nameOf(picture);
    const sealed = await readFile(join(this.#directory, name)).catch(() => null);
    const jpeg = sealed && this.#cipher.openSecret(sealed, bindingOf(name));
    if (jpeg && pictureHash(jpeg) === picture.hash) return jpeg;
    if (sealed) await this.forget(picture);
    return null;
  }

  forget(picture: KeptPicture): Promise<void> {
    return rm(join(this.#directory, nameOf(picture)), { force: true });
  }

  async forgetPeople(isGone: (personId: string) => boolean): Promise<number> {
    let forgotten = 0;
    for await (const picture of this.#all()) {
      if (picture.personId === null || !isGone(picture.personId)) continue;
      await this.forget(picture);
      forgotten += 1;
    }
    return forgotten;
  }

  async *#all(): AsyncGenerator<KeptPicture> {
    const folder = await opendir(this.#directory).catch(() => null);
    if (folder === null) return;
    for await (const { name } of folder) {
      const [, hash, who] = NAME.exec(name) ?? [];
      if (hash !== undefined && who !== undefined) yield { hash, personId: who === UNKNOWN ? null : who };
    }
  }
}

function nameOf({ hash, personId }: KeptPicture): string {
  return `${hash}.${personId?.toLowerCase() ?? UNKNOWN}`;
}

function bindingOf(name: string): string {
  return `event-picture/${name}`;
}
