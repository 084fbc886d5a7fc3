import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { AgentError } from '../../../domain/agent-error';
import { runTool, TOOL_LIMIT_MS } from './run-tool';

/** What a held line works with. */
export interface HeldLineOptions {
  /** In words for people, such as `line 17 of gpiochip0`. */
  readonly name: string;
  /** The guard: holds the line while its input is open, and sets it inactive after that. */
  readonly script: string;
  readonly release: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Whether the kernel says that the line is held by the tool. */
  readonly isHeld: () => Promise<boolean>;
  /** The guard ended though the line should be held: the line is inactive, or nobody's. */
  readonly onLost: (message: string) => void;
}

/** An output that is active while a guard process lives, and inactive otherwise. */
export class HeldLine {
  readonly #options: HeldLineOptions;
  #guard: ChildProcess | null = null;

  constructor(options: HeldLineOptions) {
    this.#options = options;
  }

  /**
   * @returns once the line is so
   * @throws {AgentError} `door/gpio-stuck` when another holds the line, or the tools fail
   */
  async set(isActive: boolean): Promise<void> {
    if (isActive) await this.#hold();
    else await this.#release();
  }

  async #hold(): Promise<void> {
    if (this.#guard) return;
    const { script, environment: env, name, onLost } = this.#options;
    // A group of its own: what is sent to the agent's group must not end the guard before it has done its work.
    const guard = spawn('/bin/sh', ['-c', script], {
      ...{ env, stdio: ['pipe', 'ignore', 'ignore'], detached: true },
    });
    guard.stdin.on('error', () => undefined);
    await once(guard, 'spawn');
    try {
      await this.#untilHeldBy(guard);
    } catch (cause) {
      guard.stdin.end();
      throw new AgentError('door/gpio-stuck', `The ${name} cannot be held. Is it in use?`, { cause });
    }
    this.#guard = guard;
    const lose = (): void => {
      if (this.#guard !== guard) return;
      this.#guard = null;
      onLost(`The ${name} is held no longer.`);
    };
    if (hasEnded(guard)) lose();
    else guard.once('exit', lose);
  }

  /** Asks the kernel until the line is held. @throws when its guard ends before that, or it takes too long */
  async #untilHeldBy(guard: ChildProcess): Promise<void> {
    const limit = AbortSignal.timeout(TOOL_LIMIT_MS);
    while (!(await this.#options.isHeld())) {
      limit.throwIfAborted();
      if (hasEnded(guard)) throw new AgentError('door/gpio-ended', 'gpioset ended.');
    }
  }

  async #release(): Promise<void> {
    const guard = this.#guard;
    this.#guard = null;
    if (guard && (await endOf(guard)) === 0) return;
    const { release, environment, name } = this.#options;
    try {
      await runTool(release, environment);
    } catch (cause) {
      throw new AgentError('door/gpio-stuck', `The ${name} could not be set. Is it in use?`, { cause });
    }
  }
}

/** Asks the guard to release its line. @returns its exit code; null when it had to be killed */
async function endOf(guard: ChildProcess): Promise<number | null> {
  if (hasEnded(guard)) return guard.exitCode;
  const exited = once(guard, 'exit', { signal: AbortSignal.timeout(TOOL_LIMIT_MS) });
  guard.stdin!.end();
  const [code] = (await exited.catch(() => [null])) as [number | null];
  if (code === null) guard.kill('SIGKILL');
  return code;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
