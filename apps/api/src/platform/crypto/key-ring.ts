import { AppError } from '../errors/app-error';
import { EXIT_CODES, StartError } from '../errors/start-error';
import { KeyFiles } from './key-files';
import { KmsMasterKey, type KeyServiceOptions } from './kms-master-key';
import { LocalMasterKey, type MasterKey } from './master-key';

/** Where master keys come from. */
export interface KeyRingOptions {
  readonly dataDirectory: string;
  /** Keys of the configuration, 32 bytes each, newest first. */
  readonly given: readonly Uint8Array[];
  /** Keys that a key service holds, newest first. */
  readonly services: readonly KeyServiceOptions[];
  /** Whether other processes, with data folders of their own, serve the same database. */
  readonly clustered: boolean;
}

/**
 * Every master key that this process can use: those of a key service, those of the configuration, those of the data
 * folder. Which one wraps is the database's to say; all of them open.
 */
export class KeyRing {
  private constructor(
    private readonly configured: readonly MasterKey[],
    private readonly files: KeyFiles,
    private readonly clustered: boolean,
    private fromFiles: readonly LocalMasterKey[],
  ) {}

  /**
   * Opens the ring; where no key is configured or found, one is made in the data folder.
   *
   * @throws {StartError} `config/template-key` when a key file is not a key, or the folder cannot be used
   */
  static async open(options: KeyRingOptions): Promise<KeyRing> {
    const configured = [
      ...options.services.map((service) => new KmsMasterKey(service)),
      ...options.given.map((key) => new LocalMasterKey(key)),
    ];
    const files = new KeyFiles(options.dataDirectory);
    try {
      const found = await files.read().then(
        (keys) => keys.map(({ key }) => key),
        (error: unknown): LocalMasterKey[] => {
          // Keys are at hand: what is in a folder that we may not read is not for us.
          if (configured.length > 0 && (error as NodeJS.ErrnoException).code === 'EACCES') return [];
          throw error;
        },
      );
      if (configured.length === 0 && found.length === 0) found.push((await files.make()).key);
      return new KeyRing(configured, files, options.clustered, found);
    } catch (cause) {
      throw new StartError(
        'config/template-key',
        `The keys in ${files.directory} cannot be used: ${(cause as Error).message}. ` +
          'Bring them back from a backup, or make the folder writable.',
        EXIT_CODES.configuration,
        cause,
      );
    }
  }

  /** The key that a new database begins with, and a rotation goes to. */
  get newest(): MasterKey {
    return this.all[0] as MasterKey;
  }

  get all(): readonly MasterKey[] {
    return [...this.configured, ...this.fromFiles];
  }

  /**
   * The key of this name; a file that another process made meanwhile is found too.
   *
   * @throws {AppError} `crypto/no-master-key`
   */
  async get(id: string): Promise<MasterKey> {
    const known = this.all.find((key) => key.id === id);
    if (known) return known;
    this.fromFiles = (await this.files.read()).map(({ key }) => key);
    const found = this.all.find((key) => key.id === id);
    if (found) return found;
    throw new AppError('internal', 'crypto/no-master-key', `This process has no master key ${id}.`, {
      detail:
        'Bring back the file, or the entry of MUNJIGI_TEMPLATE_KEY or MUNJIGI_KMS_KEY, that it came from.',
    });
  }

  /** The local key that has this check, or undefined. */
  byCheck(check: Uint8Array): LocalMasterKey | undefined {
    return this.all
      .filter((key) => key instanceof LocalMasterKey)
      .find((key) => key.box.keyCheck().equals(check));
  }

  /**
   * The key that a rotation away from `currentId` goes to: a newer one of the configuration, else a new file.
   *
   * @throws {AppError} `keys/no-other-key` when keys come from the configuration and there is no newer one
   */
  async successorOf(currentId: string): Promise<MasterKey> {
    const at = this.configured.findIndex((key) => key.id === currentId);
    const newer = this.configured[0];
    if (newer && at !== 0) return newer;
    if (newer || this.clustered) {
      throw new AppError('conflict', 'keys/no-other-key', 'There is no other master key to go to.', {
        detail:
          'Put the new key before the old one in MUNJIGI_TEMPLATE_KEY, or in MUNJIGI_KMS_KEY, of every process, ' +
          'start them again, and ask again.',
      });
    }
    // One that an earlier rotation made and did not come to use.
    const unused = this.fromFiles[0];
    if (unused && unused.id !== currentId) return unused;
    const { key } = await this.files.make();
    this.fromFiles = [key, ...this.fromFiles];
    return key;
  }

  /** Whether a key comes after every one of `others` that is here, in the order from newest to oldest. */
  isOlder(id: string, others: ReadonlySet<string>): boolean {
    const ids = this.all.map((key) => key.id);
    return ids.slice(ids.indexOf(id) + 1).every((older) => !others.has(older));
  }

  /** Puts the file of a key aside that nothing uses any more; keys of the configuration are not ours to remove. */
  async retire(id: string): Promise<void> {
    await this.files.retire(id);
    this.fromFiles = this.fromFiles.filter((key) => key.id !== id);
  }
}
