import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Greeting, Response, Task, Tasks } from './protocol';

/** How a contender is started. */
export interface ContenderOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const STDERR_CHARS_MAX = 4000;

/** A program that does tasks, in a process of its own, so that none disturbs another's memory or threads. */
export class Contender {
  readonly #pending = new Map<number, Pending>();
  readonly #ended: Promise<void>;
  #nextId = 1;
  #stderr = '';
  #greeting: Greeting | undefined;
  #greeted!: Pending['resolve'];
  #refused!: Pending['reject'];

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_CHARS_MAX);
    });
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line));
    // Writing to a process that has just ended fails; its end says more.
    child.stdin?.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      child.once('error', (error) => this.#fail(error.message));
      child.once('close', (code, signal) => {
        this.#fail(`ended (${signal ?? code})`);
        resolve();
      });
    });
  }

  /** Starts the program and waits until it is ready. @throws with its last words when it ends instead */
  static async start(options: ContenderOptions): Promise<Contender> {
    const child = spawn(options.command, options.args, {
      env: options.env ?? process.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const contender = new Contender(options.name, child);
    await new Promise<unknown>((resolve, reject) => {
      contender.#greeted = resolve;
      contender.#refused = reject;
    });
    return contender;
  }

  /** What it said of itself. */
  get version(): string {
    return this.#greeting?.version ?? '';
  }

  /** Asks for one piece of work. @throws with the program's error or its end */
  ask<T extends Task>(task: T, ask: Tasks[T]): Promise<Answer> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        reject(new Error(`${this.name} has ended.`));
        return;
      }
      this.#pending.set(id, { resolve, reject });
      this.child.stdin?.write(`${JSON.stringify({ id, task, ask })}\n`);
    });
  }

  /** Ends it, when it has answered. */
  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.#ended;
  }

  #hear(line: string): void {
    const message = JSON.parse(line) as Greeting | Response;
    if ('ready' in message) {
      this.#greeting = message;
      this.#greeted({ ms: 0 });
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('error' in message) pending?.reject(new Error(`${this.name}: ${message.error}`));
    else pending?.resolve(message);
  }

  #fail(reason: string): void {
    const error = new Error([`${this.name} ${reason}.`, this.#stderr.trim()].filter(Boolean).join('\n'));
    this.#refused(error);
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
