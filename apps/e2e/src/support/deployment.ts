import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_MAIN, CONSOLE_MAIN, findFreePort, ManagedProcess, until } from '@munjigi/tools';

const START_TIMEOUT_MS = 120_000;

/** A new server with a database of its own and its console, without doors. */
export class Deployment {
  private constructor(
    /** A name, not a number: passkeys belong to names. */
    readonly url: string,
    private readonly directory: string,
    private readonly console: ManagedProcess,
    private readonly server: ManagedProcess,
  ) {}

  /** Starts both, and resolves when the console answers. @param env of the server, above what it needs */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<Deployment> {
    const directory = mkdtempSync(join(tmpdir(), 'munjigi-deployment-'));
    const [port, consolePort] = [await findFreePort(), await findFreePort()];
    const run = (name: string, main: string, own: NodeJS.ProcessEnv) => {
      const made = new ManagedProcess({
        ...{ name, command: process.execPath, args: [main], logFile: join(directory, `${name}.log`) },
        env: { ...process.env, NODE_ENV: 'production', DATABASE_URL: undefined, ...own },
      });
      made.start();
      return made;
    };
    const started = new Deployment(
      `http://localhost:${port}`,
      directory,
      run('console', CONSOLE_MAIN, { PORT: String(consolePort), HOSTNAME: '127.0.0.1' }),
      run('server', API_MAIN, {
        ...{ PORT: String(port), MUNJIGI_DATA: join(directory, 'data') },
        ...{ MUNJIGI_ADMIN_PASSWORD: undefined, MUNJIGI_CONSOLE_URL: `http://127.0.0.1:${consolePort}` },
        ...env,
      }),
    );
    const answers = async () =>
      (await fetch(`${started.url}/sign-in`).catch(() => undefined))?.status === 200;
    try {
      await until('server and console', answers, { timeoutMs: START_TIMEOUT_MS });
    } catch (error) {
      const words = started.server.tail;
      await started.stop();
      throw new Error(`The server did not start:\n${words}`, { cause: error });
    }
    return started;
  }

  /** What the terminal showed for the first owner; empty when it showed none. */
  get setupCode(): string {
    return /^ {2}([a-z0-9]{5}(?:-[a-z0-9]{5}){3})$/m.exec(this.server.tail)?.[1] ?? '';
  }

  /** Where the database's socket is. */
  get databaseSocket(): string {
    return join(this.directory, 'data', 'postgres', 'socket');
  }

  /** Ends both and removes what they kept. */
  async stop(): Promise<void> {
    await Promise.all([this.console.stop(), this.server.stop()]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}
