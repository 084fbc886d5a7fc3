import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LocalMasterKey } from './master-key';

const KEY_BYTES = 32;
/** The first key of a data folder; later ones carry the time at which they were made. */
const FIRST = 'template.key';
const LATER = /^template-\d{17}\.key$/;

/** A master key and the file that it is in. */
export interface FileKey {
  readonly path: string;
  readonly key: LocalMasterKey;
}

/** The master keys of a data folder: files of 32 bytes in base64, mode 0600, each there whole or not at all. */
export class KeyFiles {
  readonly directory: string;

  constructor(dataDirectory: string) {
    this.directory = join(dataDirectory, 'keys');
  }

  /** Newest first. @throws when a file is not a key, with its path */
  async read(): Promise<FileKey[]> {
    const names = await readdir(this.directory).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    const later = names.filter((name) => LATER.test(name)).sort();
    const ordered = [...later.toReversed(), ...names.filter((name) => name === FIRST)];
    const keys = await Promise.all(ordered.map((name) => this.readOne(name)));
    return keys.filter((key) => key !== null);
  }

  /** Makes a key, on the disk before it is used. */
  async make(): Promise<FileKey> {
    const isFirst = (await this.read()).length === 0;
    const stamp = new Date().toISOString().replace(/\D/g, '');
    const name = isFirst ? FIRST : `template-${stamp}.key`;
    const path = join(this.directory, name);
    const key = randomBytes(KEY_BYTES);
    await writeKeyFile(path, key);
    return { path, key: new LocalMasterKey(key) };
  }

  /** Puts a key aside that nothing uses any more: it still opens old backups, until somebody deletes it. */
  async retire(id: string): Promise<void> {
    const found = (await this.read()).find(({ key }) => key.id === id);
    if (!found) return;
    const retired = join(this.directory, 'retired');
    await mkdir(retired, { recursive: true, mode: 0o700 });
    await rename(found.path, join(retired, `${id}.key`));
    await syncFolder(retired);
    await syncFolder(this.directory);
  }

  /** @returns null when it was put aside after its folder was read */
  private async readOne(name: string): Promise<FileKey | null> {
    const path = join(this.directory, name);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    if (text === null) return null;
    const bytes = Buffer.from(text.trim(), 'base64');
    if (bytes.length !== KEY_BYTES) throw new Error(`${path} does not hold 32 bytes in base64`);
    return { path, key: new LocalMasterKey(bytes) };
  }
}

/** Writes a key in base64 for its owner alone; it is on the disk under its name, whole, or not there. */
export async function writeKeyFile(path: string, key: Uint8Array): Promise<void> {
  const directory = dirname(path);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    await file.writeFile(`${Buffer.from(key).toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  await syncFolder(directory);
}

/** Makes a rename in this folder survive loss of power. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
