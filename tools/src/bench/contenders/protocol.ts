import { createInterface } from 'node:readline';

/** Raw RGB frames of one size, one after the other in a file. */
export interface FrameFile {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly count: number;
}

/** One of the networks with the shape of what goes in, `[N, 3, height, width]`. */
export interface BareRun {
  readonly model: string;
  readonly shape: readonly number[];
}

/** Work that a contender may be asked to do. Times are taken by the contender, around the work alone. */
export interface Tasks {
  /** Finds faces in a frame. */
  detect: { threads: number; frames: FrameFile; index: number; minFacePx: number };
  /** Follows faces through fifty neighbouring frames from `50 * index` on; the time is that of one, on average. */
  follow: { threads: number; frames: FrameFile; index: number; minFacePx: number };
  /** Makes an embedding of a 112 x 112 crop, which the file holds as frames. */
  embed: { threads: number; frames: FrameFile; index: number };
  /** Aligns the largest face of a frame, found beforehand, and makes its embedding. */
  alignEmbed: { threads: number; frames: FrameFile; index: number; minFacePx: number };
  /** Writes the aligned crop of the largest face of each frame. */
  writeCrops: { frames: FrameFile; path: string; minFacePx: number };
  /** Finds faces; says which networks ran on which shapes. */
  trace: { threads: number; frames: FrameFile; index: number; minFacePx: number };
  /** Runs networks alone, one after the other, on inputs made beforehand. */
  bare: { threads: number; runs: readonly BareRun[] };
  /** Searches a gallery of random templates, made beforehand. */
  search: { count: number; dimension: number };
  /** Reads as many bytes as such a gallery has, once. */
  readOnce: { count: number; dimension: number };
  /** Finds faces in frame after frame; says how much memory the process has. */
  memory: { frames: FrameFile; runs: number; minFacePx: number };
}

/** The name of a task. */
export type Task = keyof Tasks;

/** What a contender answers. */
export interface Answer {
  readonly ms: number;
  /** Number of faces found. */
  readonly faces?: number;
  /** Crops written. */
  readonly crops?: number;
  /** Networks that ran. */
  readonly runs?: readonly BareRun[];
  /** Resident memory after a collection, bytes. */
  readonly residentBytes?: number;
}

/** The first line of a contender. */
export interface Greeting {
  readonly ready: true;
  /** Its version, as it knows it. */
  readonly version: string;
}

/** A question: one line of JSON on the contender's standard input. */
export type Request = { readonly id: number } & { [T in Task]: { task: T; ask: Tasks[T] } }[Task];

/** The answer to the question of the same number: one line of JSON on standard output. */
export type Response = { readonly id: number } & (Answer | { readonly error: string });

/** The tasks that a contender can do. */
export type Handlers = { readonly [T in Task]?: (ask: Tasks[T]) => Promise<Answer> };

/**
 * Serves questions until standard input ends. What libraries print goes to standard error, so that it does not mix
 * with answers.
 */
export async function serve(version: string, handlers: Handlers): Promise<void> {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  const say = (line: Greeting | Response) => write(`${JSON.stringify(line)}\n`);
  say({ ready: true, version });
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line) as Request;
    try {
      say({ id: request.id, ...(await answer(handlers, request)) });
    } catch (error) {
      say({ id: request.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
}

function answer(handlers: Handlers, { task, ask }: Request): Promise<Answer> {
  const handler = handlers[task] as ((ask: Tasks[Task]) => Promise<Answer>) | undefined;
  if (!handler) throw new Error(`This contender does not do ${task}.`);
  return handler(ask);
}

/** Times a piece of work. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ ms: number; result: T }> {
  const startedAt = performance.now();
  const result = await work();
  return { ms: performance.now() - startedAt, result };
}
