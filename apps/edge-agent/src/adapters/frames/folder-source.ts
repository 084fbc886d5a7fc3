import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { decodeImage, type Frame } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { messageOf } from '../../domain/agent-error';
import { Backoff } from '../../domain/backoff';
import type { Clock } from '../../ports/clock';
import type { FrameSink, FrameSource } from '../../ports/frame-source';
import type { WantedPictures } from './file-input';
import { FramePool } from './frame-pool';
import { fitInto } from './gstreamer-pipeline';
import { CameraError } from './picture-input';

/** Which folder, and how its pictures are shown. */
export interface FolderOptions {
  readonly path: string;
  readonly loop: boolean;
  readonly wanted: WantedPictures;
  readonly clock: Clock;
  readonly log: Logger;
  readonly retry?: { readonly baseMs: number; readonly capMs: number };
}

const SUFFIXES: ReadonlySet<string> = new Set(['.jpg', '.jpeg', '.png', '.webp']);

/**
 * Shows the pictures of a folder, in the order of their names, so many a second. Each is a scene of its own: nobody is
 * followed from one photograph to the next. What is no picture is passed over with a line in the log; pictures that are
 * added count from the next round.
 */
export class FolderSource implements FrameSource {
  readonly #options: FolderOptions;
  readonly #pool = new FramePool();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #shown = 0;
  #fault: string | null = null;

  constructor(options: FolderOptions) {
    this.#options = options;
  }

  start(sink: FrameSink): void {
    this.#running = this.#run(sink);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(sink: FrameSink): Promise<void> {
    const { loop, path, retry } = this.#options;
    const { signal } = this.#stopping;
    const backoff = new Backoff(retry ?? { baseMs: 1000, capMs: 30_000 });
    while (!signal.aborted) {
      sink.sign?.('trying');
      try {
        await this.#showAll(sink, () => backoff.reset());
        if (loop || signal.aborted) continue;
        this.#tell(sink, `The folder ${path} has been shown.`);
        sink.sign?.('idle');
        return;
      } catch (error) {
        this.#tell(sink, messageOf(error));
        await pause(backoff.nextDelayMs(), signal);
      }
    }
  }

  async #showAll(sink: FrameSink, onShown: () => void): Promise<void> {
    const { path, wanted, log } = this.#options;
    const names = await picturesIn(path);
    let shown = 0;
    for (const name of names) {
      const due = pause(1000 / wanted.framesPerSecondMax, this.#stopping.signal);
      try {
        const picture = await this.#read(join(path, name));
        if (this.#stopping.signal.aborted) return;
        shown += 1;
        onShown();
        this.#tell(sink, null);
        this.#show(sink, picture);
      } catch (error) {
        log.warn({ name, reason: messageOf(error) }, 'picture passed over');
      }
      await due;
      if (this.#stopping.signal.aborted) return;
    }
    if (shown === 0) throw new CameraError('camera/no-pictures', `No picture in ${path} can be shown.`);
  }

  async #read(path: string): Promise<Frame> {
    const bytes = await readFile(path);
    const picture = await decodeImage(bytes);
    const size = fitInto(picture, this.#options.wanted.within);
    const isLarger = size.width < picture.width || size.height < picture.height;
    return isLarger ? decodeImage(bytes, { sideMaxPx: Math.max(size.width, size.height) }) : picture;
  }

  #show(sink: FrameSink, { data, width, height }: Frame): void {
    const { clock } = this.#options;
    this.#shown += 1;
    sink.frame(
      this.#pool.frame(data, {
        ...{ width, height, frameNumber: this.#shown, scene: this.#shown },
        capturedAtMs: clock.monotonicMs(),
        capturedAtWallMs: clock.wallMs(),
      }),
    );
  }

  #tell(sink: FrameSink, fault: string | null): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    if (fault === null) this.#options.log.info('camera sees');
    else this.#options.log.warn({ fault }, 'camera fault');
    sink.fault(fault, fault === null ? null : 'no-picture');
  }
}

async function picturesIn(path: string): Promise<string[]> {
  try {
    const names = (await readdir(path)).filter((name) => SUFFIXES.has(extname(name).toLowerCase())).sort();
    if (names.length > 0) return names;
  } catch (cause) {
    const isMissing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const why = isMissing ? 'there is none' : messageOf(cause);
    throw new CameraError('camera/no-pictures', `The folder ${path} cannot be shown: ${why}.`, { cause });
  }
  throw new CameraError('camera/no-pictures', `There is no picture in the folder ${path}.`);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
