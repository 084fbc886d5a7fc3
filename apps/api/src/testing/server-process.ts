import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { until } from './until';

const MAIN = join(__dirname, '..', '..', 'dist', 'main.js');

/** The server as users run it: the build, in a process of its own. */
export class ServerProcess {
  stdout = '';
  stderr = '';
  private readonly ended: Promise<number | NodeJS.Signals>;

  private constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) =>
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'SIGKILL')),
    );
  }

  /** Starts it with these variables and no others of ours. */
  static start(
    environment: Record<string, string>,
    identity: { uid?: number; gid?: number } = {},
  ): ServerProcess {
    const env = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      MUNJIGI_MODELS: '/nonexistent',
      ...environment,
    };
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    return new ServerProcess(spawn(process.execPath, [MAIN], { env, stdio, cwd: '/', ...identity }));
  }

  /** Where it listens, once it does. */
  async url(): Promise<string> {
    const found = () => /listens on (http\S+)/.exec(this.stdout)?.[1];
    await until(
      'the server to listen',
      () => {
        if (this.child.exitCode !== null) throw new Error(`the server ended: ${this.stderr}`);
        return found() !== undefined;
      },
      30_000,
    );
    return found() ?? '';
  }

  /** Its exit code, or the signal that ended it. */
  exit(): Promise<number | NodeJS.Signals> {
    return this.ended;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals> {
    this.child.kill(signal);
    return this.ended;
  }
}
