import { LoadFolder } from '../load/load-folder';
import { LoadServer } from '../load/load-server';
import { Stillness } from './stillness';

/** The real server with its own database, which can be killed and comes back. */
export class ConformanceServer {
  #restarting: Promise<void> | null = null;
  /** Who changes the desired state of doors, and who needs it to be still. */
  readonly desired = new Stillness();
  #queried: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly folder: LoadFolder,
    private current: LoadServer,
  ) {}

  static async start(): Promise<ConformanceServer> {
    const folder = await LoadFolder.make();
    try {
      return new ConformanceServer(folder, await LoadServer.start(folder));
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  get url(): string {
    return this.current.url;
  }

  get api() {
    return this.current.api;
  }

  /** The last words of a server that ended although nobody killed it; null: it did not. */
  get lastWords(): string | null {
    return this.#restarting === null && !this.current.isRunning ? this.current.tail : null;
  }

  /** Waits until the server runs. */
  async up(): Promise<void> {
    await this.#restarting;
  }

  /** Kills the server and begins it anew; two who ask at once kill it once. */
  restart(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => (this.#restarting = null));
    return this.#restarting;
  }

  /** Rows of the server's database. */
  query<T extends object>(sql: string, values: readonly unknown[]): Promise<T[]> {
    const rows = this.#queried.then(async () => {
      await this.up();
      return (await this.current.database.query<T>(sql, [...values])).rows;
    });
    this.#queried = rows.catch(() => undefined);
    return rows;
  }

  async stop(): Promise<void> {
    await this.up().catch(() => undefined);
    await this.current.stop();
    await this.folder.close();
  }

  async #restart(): Promise<void> {
    await this.current.kill();
    this.current = await LoadServer.start(this.folder);
  }
}
