import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { ApiClient } from '../api-client/api-client';
import { ManagedProcess } from '../processes/managed-process';
import { findFreePort } from '../system/free-port';
import { API_MAIN } from '../system/paths';
import { until } from '../system/until';

const EMAIL = 'soak@munjigi.local';

/** The real server with its own database, always at one address, to be killed and started again. */
export class SoakServer {
  readonly api: ApiClient;
  private readonly process: ManagedProcess;

  private constructor(
    private readonly directory: string,
    private readonly password: string,
    port: number,
  ) {
    this.api = new ApiClient(`http://127.0.0.1:${port}`);
    this.process = processOf(directory, password, port);
  }

  /** @param directory of the server's data; the database's user must be able to reach it */
  static async start(directory: string, password: string): Promise<SoakServer> {
    mkdirSync(directory, { recursive: true });
    const server = new SoakServer(directory, password, await findFreePort());
    await server.start();
    return server;
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  /** Starts it (again), and signs in. @throws when it takes no requests within two minutes */
  async start(): Promise<void> {
    this.process.start();
    await until('the server to take requests', () => this.api.isReady(), { timeoutMs: 120_000 }).catch(
      (cause: unknown) => {
        throw new Error(`The server did not start:\n${this.process.tail}`, { cause });
      },
    );
    await this.api.login(EMAIL, this.password);
  }

  /** Ends it without a word. @returns once it is gone */
  async kill(): Promise<void> {
    const ended = this.process.ended();
    this.process.signal('SIGKILL');
    await ended;
  }

  /** A connection to the server's own database; the caller ends it. */
  async database(): Promise<Client> {
    const host = join(this.directory, 'postgres', 'socket');
    const database = new Client({ host, user: 'munjigi', database: 'munjigi' });
    await database.connect();
    return database;
  }

  stop(): Promise<void> {
    return this.process.stop(30_000);
  }
}

function processOf(directory: string, password: string, port: number): ManagedProcess {
  return new ManagedProcess({
    name: 'server',
    command: process.execPath,
    args: ['--enable-source-maps', API_MAIN],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      MUNJIGI_MODELS: process.env.MUNJIGI_MODELS,
      NODE_ENV: 'production',
      PORT: String(port),
      MUNJIGI_DATA: directory,
      MUNJIGI_ADMIN_EMAIL: EMAIL,
      MUNJIGI_ADMIN_PASSWORD: password,
      LOG_LEVEL: 'warn',
    },
    logFile: join(directory, 'server.log'),
  });
}
