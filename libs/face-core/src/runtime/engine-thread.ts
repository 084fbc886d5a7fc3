import { once } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { FaceCoreError } from '../errors';
import type { Frame } from '../image/frame';
import type { EngineOptions } from './engine';
import {
  fromWire,
  type EngineCall,
  type EngineCalls,
  type EngineGreeting,
  type EngineResponse,
  type WireFrame,
} from './engine-protocol';
import { FrameBuffers } from './frame-buffers';

interface Pending {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

/** An engine on a thread of its own. Answers come in the order of the questions. */
export class EngineThread {
  readonly #pending = new Map<number, Pending>();
  readonly #buffers = new FrameBuffers();
  #nextId = 1;
  #closing: Promise<void> | undefined;
  #failure: FaceCoreError | undefined;

  private constructor(
    private readonly worker: Worker,
    /** What the embedder is. */
    readonly model: { modelId: string; dimension: number; similarityMin: number },
  ) {
    worker.on('message', (response: EngineResponse) => this.#settle(response));
    worker.on('error', (cause) => this.#fail(failed('The inference thread failed.', cause)));
    worker.on('exit', () => this.#fail(new FaceCoreError('engine/closed', 'The pipeline is closed.')));
    // An idle engine keeps no process alive.
    worker.unref();
  }

  /** Starts the thread and loads the models. @throws {FaceCoreError} as `Engine.open`, `engine/failed` */
  static async start(options: EngineOptions): Promise<EngineThread> {
    const worker = spawn(options);
    const greeting = await greetingOf(worker);
    if (!('error' in greeting)) return new EngineThread(worker, greeting);
    await worker.terminate();
    throw fromWire(greeting.error);
  }

  /** Asks about a frame, whose pixels are copied first. */
  askFrame<Call extends 'detect' | 'analyze'>(
    call: Call,
    frame: Frame,
    options: EngineCalls[Call]['ask']['options'],
  ): Promise<EngineCalls[Call]['answer']> {
    const buffer = this.#buffers.copyOf(frame.data);
    const wire: WireFrame = { buffer, width: frame.width, height: frame.height };
    return this.ask(call, { frame: wire, options }, [buffer]);
  }

  /** Asks a question. @throws {FaceCoreError} the engine's, `engine/closed`, `engine/failed` */
  ask<Call extends EngineCall>(
    call: Call,
    ask: EngineCalls[Call]['ask'],
    transfer: ArrayBuffer[] = [],
  ): Promise<EngineCalls[Call]['answer']> {
    if (this.#failure) return Promise.reject(this.#failure);
    if (this.#closing && call !== 'close') {
      return Promise.reject(new FaceCoreError('engine/closed', 'The pipeline is closed.'));
    }
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage({ id, call, ask }, transfer);
    });
  }

  /** Answers what was asked, frees the models and ends the thread. */
  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  async #end(): Promise<void> {
    if (this.#failure) return;
    const ended = new Promise<void>((resolve) => this.worker.once('exit', () => resolve()));
    await this.ask('close', {});
    this.worker.ref();
    await ended;
  }

  #settle(response: EngineResponse): void {
    if (response.buffer) this.#buffers.giveBack(response.buffer);
    const pending = this.#pending.get(response.id);
    this.#pending.delete(response.id);
    if (this.#pending.size === 0) this.worker.unref();
    if ('error' in response) pending?.reject(fromWire(response.error));
    else pending?.resolve(response.answer as never);
  }

  #fail(error: FaceCoreError): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}

async function greetingOf(worker: Worker): Promise<EngineGreeting> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([greeting]) => greeting as EngineGreeting),
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

function spawn(options: EngineOptions): Worker {
  const extension = extname(__filename);
  const script = join(__dirname, `engine-worker${extension}`);
  if (extension === '.js') return new Worker(script, { workerData: options });
  // From the sources (tests, development) the thread needs a loader of its own.
  const load = [require.resolve('tsx/cjs'), script].map((path) => `require(${JSON.stringify(path)});`);
  return new Worker(load.join('\n'), { workerData: options, eval: true });
}

function failed(message: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError('engine/failed', message, { cause, logLevel: 'error' });
}
