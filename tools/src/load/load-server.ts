import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiClient } from '../api-client/api-client';
import { ManagedProcess } from '../processes/managed-process';
import { findFreePort } from '../system/free-port';
import { API_MAIN } from '../system/paths';
import { until } from '../system/until';
import type { LoadFolder } from './load-folder';
import { processorTime, type ProcessorTime } from './processor-time';

const EMAIL = 'load@munjigi.local';

/** The real server on a data folder, with its own database. */
export class LoadServer {
  private constructor(
    readonly url: string,
    /** Signed in as the owner. */
    readonly api: ApiClient,
    /** Connected to the server's own database, as its owner. */
    readonly database: Client,
    private readonly process: ManagedProcess,
    private readonly postmaster: number,
  ) {}

  /** @param profileDirectory where a processor profile is written when the server stops. @throws when it does not start */
  static async start(folder: LoadFolder, profileDirectory?: string): Promise<LoadServer> {
    const port = await findFreePort();
    const server = processOf(folder, port, profileDirectory);
    server.start();
    try {
      const api = new ApiClient(`http://127.0.0.1:${port}`);
      await until('the server to take requests', () => api.isReady(), { timeoutMs: 120_000 }).catch(
        (cause: unknown) => {
          throw new Error(`The server did not start:\n${server.tail}`, { cause });
        },
      );
      await api.login(EMAIL, folder.state.password);
      const database = new Client({
        host: join(folder.path, 'postgres', 'socket'),
        user: 'munjigi',
        database: 'munjigi',
      });
      await database.connect();
      const pidFile = await readFile(join(folder.path, 'postgres', 'cluster', 'postmaster.pid'), 'utf8');
      return new LoadServer(api.baseUrl, api, database, server, Number.parseInt(pidFile, 10));
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** The server's process. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** What the server and its database have used so far. */
  processorTime(): ProcessorTime {
    return processorTime(this.pid, this.postmaster);
  }

  /** Whether it is there; false also once it has ended by itself. */
  get isRunning(): boolean {
    return this.process.running;
  }

  /** The last lines of the server's log. */
  get tail(): string {
    return this.process.tail;
  }

  /** Kills the server, and not its database, as loss of power would. @returns once it is gone */
  async kill(): Promise<void> {
    await this.database.end().catch(() => undefined);
    this.process.signal('SIGKILL');
    await this.process.ended();
  }

  async stop(): Promise<void> {
    await this.database.end().catch(() => undefined);
    await this.process.stop(30_000);
  }
}

function processOf(folder: LoadFolder, port: number, profileDirectory?: string): ManagedProcess {
  const profiling =
    profileDirectory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profileDirectory}`];
  return new ManagedProcess({
    name: 'server',
    command: process.execPath,
    args: ['--enable-source-maps', ...profiling, API_MAIN],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MUNJIGI_MODELS: process.env.MUNJIGI_MODELS,
      NODE_ENV: 'production',
      PORT: String(port),
      MUNJIGI_DATA: folder.path,
      MUNJIGI_ADMIN_EMAIL: EMAIL,
      MUNJIGI_ADMIN_PASSWORD: folder.state.password,
      LOG_LEVEL: 'warn',
    },
    logFile: join(folder.path, 'server.log'),
  });
}
