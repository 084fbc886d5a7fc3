import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SeedContent } from '../seed/seed-options';

const FILE = 'load.json';

/** What is known of a data folder. */
export interface LoadFolderState {
  readonly password: string;
  /** What its database holds; undefined while it holds nothing. */
  readonly content?: SeedContent;
}

/** The data folder of a measured server: a new one that goes with the run, or one that is kept for the next. */
export class LoadFolder {
  private constructor(
    readonly path: string,
    private readonly kept: boolean,
    private current: LoadFolderState,
  ) {}

  /** @param parent where a new folder is made */
  static async make(parent = tmpdir()): Promise<LoadFolder> {
    const path = await mkdtemp(join(parent, 'munjigi-load-'));
    // The database runs as somebody else when the server runs as root.
    await chmod(path, 0o755);
    return new LoadFolder(path, false, { password: newPassword() });
  }

  /** Opens a folder that is kept, or makes it. */
  static async keep(path: string): Promise<LoadFolder> {
    await mkdir(path, { recursive: true, mode: 0o755 });
    const text = await readFile(join(path, FILE), 'utf8').catch(() => undefined);
    const state = text === undefined ? { password: newPassword() } : (JSON.parse(text) as LoadFolderState);
    const folder = new LoadFolder(path, true, state);
    await folder.write();
    return folder;
  }

  get state(): LoadFolderState {
    return this.current;
  }

  /** Notes what the database has been filled with. */
  async filledWith(content: SeedContent): Promise<void> {
    this.current = { ...this.current, content };
    await this.write();
  }

  /** Removes the folder unless it is kept. */
  async close(): Promise<void> {
    if (!this.kept) await rm(this.path, { recursive: true, force: true });
  }

  private async write(): Promise<void> {
    if (this.kept) await writeFile(join(this.path, FILE), JSON.stringify(this.current), { mode: 0o600 });
  }
}

function newPassword(): string {
  return randomBytes(18).toString('base64url');
}
