import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export interface ManagedProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Where all output goes, appended. */
  readonly logFile: string;
  /** Hears all output as it comes. */
  readonly onOutput?: (text: string) => void;
}

const TAIL_CHARS_MAX = 4000;

/**
 * One child process in a process group of its own, its output in a file.
 *
 * A group of its own means that Ctrl-C in a terminal reaches only the parent, which then ends its children in the
 * right order, and that ending one ends whatever it started.
 */
export class ManagedProcess {
  private child: ChildProcess | undefined;
  private tailText = '';
  private exit: Promise<number> = Promise.resolve(0);
  private stopping = false;

  constructor(private readonly options: ManagedProcessOptions) {}

  get name(): string {
    return this.options.name;
  }

  get pid(): number | undefined {
    return this.child?.pid;
  }

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** The last output, for a message when the process failed. */
  get tail(): string {
    return this.tailText;
  }

  /** Starts it. `onExit` hears of every end that `stop` did not ask for. */
  start(onExit?: (code: number) => void): void {
    if (this.running) return;
    this.stopping = false;
    this.tailText = '';
    mkdirSync(dirname(this.options.logFile), { recursive: true });
    const log = createWriteStream(this.options.logFile, { flags: 'a', mode: 0o600 });
    const child = spawn(this.options.command, this.options.args, {
      cwd: this.options.cwd,
      env: this.options.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        this.options.onOutput?.(text);
        this.tailText = (this.tailText + text).slice(-TAIL_CHARS_MAX);
      });
    }
    const closed = new Promise<number>((resolve) => {
      child.once('error', (error) => {
        this.tailText += String(error);
        resolve(127);
      });
      child.once('close', (code) => resolve(code ?? 1));
    });
    // Whoever hears of the end may read the log: its last words are in it by then.
    this.exit = closed.then((code) => new Promise((resolve) => log.end(() => resolve(code))));
    void this.exit.then((code) => {
      if (!this.stopping) onExit?.(code);
    });
  }

  /** Resolves with the exit code when the process has ended. */
  ended(): Promise<number> {
    return this.exit;
  }

  /** Sends a signal to the whole group; does nothing when it has ended. */
  signal(signal: NodeJS.Signals): void {
    if (!this.running || this.child?.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Asks it to end, and ends it by force when it has not after `graceMs`. */
  async stop(graceMs = 10_000): Promise<void> {
    if (!this.running) return;
    this.stopping = true;
    this.signal('SIGTERM');
    const force = setTimeout(() => this.signal('SIGKILL'), graceMs);
    await this.exit;
    clearTimeout(force);
  }
}
