import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { FaceCoreError } from '../errors';
import { refuseTelemetry } from './refuse-telemetry';
import type { ThreadCalls, ThreadGreeting, ThreadResponse } from './thread-calls';
import { fromWire } from './wire-error';

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** A thread that answers questions, in their order. While it has none it keeps no process alive. */
export class WorkerThread<C extends ThreadCalls, G = void> {
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  #closing: Promise<void> | undefined;
  #failure: FaceCoreError | undefined;

  private constructor(
    private readonly worker: Worker,
    /** What it said when it was ready. */
    readonly greeting: G,
  ) {
    worker.on('message', (response: ThreadResponse) => this.#settle(response));
    worker.on('error', (cause) => this.#fail(failed('The inference thread failed.', cause)));
    worker.on('exit', () => this.#fail(closed()));
    worker.unref();
  }

  /**
   * Starts a thread and waits until it is ready.
   *
   * @param script name of a module in this folder, without extension, that calls `serveThread`
   * @throws {FaceCoreError} what the service's opening throws, `engine/failed`
   */
  static async start<C extends ThreadCalls, G>(script: string, data: unknown): Promise<WorkerThread<C, G>> {
    const worker = spawn(script, data);
    const greeting = await greetingOf<G>(worker);
    if ('greeting' in greeting) return new WorkerThread<C, G>(worker, greeting.greeting);
    await worker.terminate();
    throw fromWire(greeting.error);
  }

  /** Asks a question. @throws {FaceCoreError} the service's, `engine/closed`, `engine/failed` */
  ask<Name extends keyof C & string>(call: Name, ask: C[Name]['ask']): Promise<C[Name]['answer']> {
    if (this.#closing) return Promise.reject(this.#failure ?? closed());
    return this.#post(call, ask);
  }

  /** Answers what was asked and ends the thread. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    if (this.#failure) return;
    const ended = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    await this.#post(undefined, undefined);
    this.worker.ref();
    await ended;
  }

  #post(call: string | undefined, ask: unknown): Promise<never> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.worker.ref();
      try {
        this.worker.postMessage({ id, call, ask });
      } catch (cause) {
        this.#take(id);
        reject(failed('What was asked cannot be sent to another thread.', cause));
      }
    });
  }

  #settle(response: ThreadResponse): void {
    const pending = this.#take(response.id);
    if ('error' in response) pending?.reject(fromWire(response.error));
    else pending?.resolve(response.answer as never);
  }

  /** A question that is pending no more. */
  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.worker.unref();
    return pending;
  }

  #fail(error: FaceCoreError): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}

async function greetingOf<G>(worker: Worker): Promise<ThreadGreeting<G>> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([greeting]) => greeting as ThreadGreeting<G>),
      once(worker, 'exit', { signal }).then(([code]) => {
        throw failed(`The inference thread ended at once (${String(code)}).`);
      }),
    ]);
  } catch (error) {
    // `once` also rejects on the thread's own error.
    throw error instanceof FaceCoreError ? error : failed('The inference thread did not start.', error);
  } finally {
    waiting.abort();
  }
}

function spawn(name: string, workerData: unknown): Worker {
  refuseTelemetry();
  const extension = extname(__filename);
  const script = join(__dirname, `${name}${extension}`);
  if (extension === '.js') return new Worker(script, { workerData });
  // From the sources (tests, development) the thread needs a loader of its own.
  const load = [require.resolve('tsx/cjs'), script].map((path) => `require(${JSON.stringify(path)});`);
  return new Worker(load.join('\n'), { workerData, eval: true });
}

function failed(message: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError('engine/failed', message, { cause, logLevel: 'error' });
}

function closed(): FaceCoreError {
  return new FaceCoreError('engine/closed', 'The pipeline is closed.');
}
