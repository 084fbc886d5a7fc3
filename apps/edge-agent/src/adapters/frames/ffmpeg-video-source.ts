import { setTimeout as sleep } from 'node:timers/promises';
import {
  FaceCoreError,
  findFfmpeg,
  probeVideo,
  type FfmpegPlaces,
  type VideoFacts,
} from '@munjigi/face-core';
import type { Logger } from 'pino';
import { AgentError, messageOf } from '../../domain/agent-error';
import { Backoff } from '../../domain/backoff';
import type { Clock } from '../../ports/clock';
import type { CapturedFrame, FrameSink, FrameSource } from '../../ports/frame-source';
import { FramePool } from './frame-pool';
import { playVideo } from './play-video';

/** Which video, and how it is played. */
export interface FfmpegVideoOptions {
  readonly videoPath: string;
  /** At its end, the video begins again; otherwise the camera then sees nothing more. */
  readonly loop: boolean;
  /** Frames beyond this many a second are not even decoded into pictures. */
  readonly framesPerSecondMax: number;
  readonly ffmpeg: FfmpegPlaces;
  readonly clock: Clock;
  readonly log: Logger;
  /** A video that gives no frame for this long has stalled. Default 10,000. */
  readonly stallMs?: number;
  readonly retry?: { readonly baseMs: number; readonly capMs: number };
}

interface KnownVideo {
  readonly ffmpegPath: string;
  readonly facts: VideoFacts;
}

/** The shortest round of a loop, ms: a video of one frame must not start ffmpeg without a pause. */
const ROUND_MIN_MS = 500;

/**
 * Plays a video file as a camera would show it: at its own pace, upright, with square pixels, RGB.
 *
 * At the end of a looped video a new ffmpeg begins it again, and the frames are of a new scene, so that nobody is
 * followed across the cut. What goes wrong is told as a fault and tried again with growing pauses.
 */
export class FfmpegVideoSource implements FrameSource {
  readonly #options: FfmpegVideoOptions;
  readonly #pool = new FramePool();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #frameNumber = 0;
  #scene = 0;
  #fault: string | null = null;
  #known: KnownVideo | null = null;

  constructor(options: FfmpegVideoOptions) {
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
    const backoff = new Backoff(this.#options.retry ?? { baseMs: 1000, capMs: 30_000 });
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        const lastedMs = await this.#playOnce(sink, () => backoff.reset());
        if (signal.aborted) return;
        if (!this.#options.loop) {
          this.#tell(sink, 'The video has ended.');
          return;
        }
        await pause(ROUND_MIN_MS - lastedMs, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(sink, messageOf(error), error);
        await pause(backoff.nextDelayMs(), signal);
      }
    }
  }

  /** @returns how long it lasted, ms */
  async #playOnce(sink: FrameSink, onFrame: () => void): Promise<number> {
    const { clock, videoPath, framesPerSecondMax, stallMs = 10_000 } = this.#options;
    const { signal } = this.#stopping;
    // Looked at anew after a failure only: the cut of a loop should be short.
    const known = this.#known ?? (await this.#learn());
    this.#known = null;
    const beganMs = clock.monotonicMs();
    this.#scene += 1;
    await playVideo({
      ...{ ...known, videoPath, framesPerSecondMax, stallMs, signal },
      pool: this.#pool,
      onPicture: (data, width, height) => {
        onFrame();
        this.#tell(sink, null);
        sink.frame(this.#frame(data, width, height));
      },
    });
    this.#known = known;
    return clock.monotonicMs() - beganMs;
  }

  async #learn(): Promise<KnownVideo> {
    const ffmpegPath = await findFfmpeg(this.#options.ffmpeg);
    const facts = await probeVideo(ffmpegPath, this.#options.videoPath, this.#stopping.signal);
    return { ffmpegPath, facts };
  }

  #frame(data: Uint8Array, width: number, height: number): CapturedFrame {
    const { clock } = this.#options;
    this.#frameNumber += 1;
    return this.#pool.frame(data, {
      width,
      height,
      frameNumber: this.#frameNumber,
      scene: this.#scene,
      capturedAtMs: clock.monotonicMs(),
      capturedAtWallMs: clock.wallMs(),
    });
  }

  #tell(sink: FrameSink, fault: string | null, error?: unknown): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    if (fault === null) this.#options.log.info('camera sees');
    else this.#options.log.warn({ fault, code: codeOf(error) }, 'camera fault');
    sink.fault(fault);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof AgentError || error instanceof FaceCoreError ? error.code : undefined;
}
