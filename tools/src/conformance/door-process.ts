import { fork, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** How a door stands. */
export interface DoorStatus {
  readonly pending: number;
  readonly untold: number;
  readonly begun: number;
  /** How far the door takes the server's clock to be ahead of its own, which is the same, ms. */
  readonly clockOffsetMs: number | null;
  readonly appliedRevision: number;
  readonly epoch: string;
  readonly lastSequence: number;
}

/** What a door is opened with. */
export interface DoorOrder {
  readonly directory: string;
  /** Folder of what it says that it did; outlives the door's disk. */
  readonly witness: string;
  readonly serverUrl: string;
  readonly token: string;
  /** Waits as a real door does, and not as one of a script. */
  readonly isPatient?: boolean;
}

interface Settle {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

const ANSWER_TIMEOUT_MS = 60_000;

/** A process of its own with doors in it, warm between scripts, that can be killed. */
export class DoorProcess {
  #child: ChildProcess | null = null;
  #nextId = 1;
  readonly #waiting = new Map<number, Settle>();

  /** @param program of the doors, bundled; @param logFile where its output goes */
  constructor(
    private readonly program: string,
    private readonly logFile: string,
  ) {}

  /** Begins it, unless it runs. */
  async start(): Promise<void> {
    if (this.#child) return;
    const child = fork(this.program, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('exit', () => {
      if (this.#child === child) this.#child = null;
      for (const { reject } of this.#waiting.values()) reject(new Error('The door was killed.'));
      this.#waiting.clear();
      log.end();
    });
    await once(child, 'message');
    child.on('message', ({ id, ok, result }: { id: number; ok: boolean; result: unknown }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (ok) waiting?.resolve(result);
      else waiting?.reject(new Error(String(result)));
    });
  }

  open(door: string, order: DoorOrder): Promise<unknown> {
    return this.#ask({ type: 'open', door, ...order });
  }

  happen(door: string, count: number): Promise<unknown> {
    return this.#ask({ type: 'happen', door, count });
  }

  /** @returns whether the door has noticed */
  async stepClock(door: string, byMs: number): Promise<boolean> {
    return (await this.#ask({ type: 'step-clock', door, byMs })) === true;
  }

  status(door: string): Promise<DoorStatus> {
    return this.#ask({ type: 'status', door }) as Promise<DoorStatus>;
  }

  /** All that the door holds of the desired state. */
  state(door: string): Promise<{ appliedRevision: number }> {
    return this.#ask({ type: 'state', door }) as Promise<{ appliedRevision: number }>;
  }

  close(door: string): Promise<unknown> {
    return this.#ask({ type: 'close', door });
  }

  /** Kills it as loss of power would. @returns once it is gone */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#child = null;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  async #ask(order: object): Promise<unknown> {
    const id = this.#nextId++;
    const child = this.#child;
    if (!child) throw new Error('The door does not run.');
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      timer = setTimeout(() => reject(new Error('The door does not answer.')), ANSWER_TIMEOUT_MS);
    });
    child.send({ id, ...order });
    return answer.finally(() => clearTimeout(timer));
  }
}
