import { setTimeout as sleep } from 'node:timers/promises';
import type { CameraFaultKind, DecoderUse } from '@munjigi/contracts';
import { FaceCoreError } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { AgentError, messageOf } from '../../domain/agent-error';
import { Backoff } from '../../domain/backoff';
import { PictureWatch, type PictureFault } from '../../domain/picture-watch';
import type { Clock } from '../../ports/clock';
import type { CapturedFrame, FrameSink, FrameSource } from '../../ports/frame-source';
import { FramePool } from './frame-pool';
import { CameraError, type PictureInput } from './picture-input';
import { runInput } from './run-input';
import { WRONG_PICTURE_RETRY, WrongPictureTimer } from './wrong-picture-timer';

/** Which input, and how patient. */
export interface StreamOptions {
  readonly input: PictureInput;
  /** A recording begins again at its end; otherwise the camera then sees nothing more. */
  readonly loop: boolean;
  /** Whether a live picture that stands still is a fault. */
  readonly noticeFrozen: boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly retry?: { readonly baseMs: number; readonly capMs: number };
  /** An input that gives no picture for this long is begun anew. */
  readonly stallMs?: { readonly first: number; readonly next: number };
  /** Is told what decodes the pictures, each time that the input is opened. */
  readonly onDecoder?: (use: DecoderUse) => void;
}

/** The shortest round of a loop, ms: a video of one frame must not start a program without a pause. */
const ROUND_MIN_MS = 500;
/** A live camera that shows nothing for this long at its start has a fault, though its first picture may yet come. */
const SILENCE_MS = 8_000;
/** A key frame may be long in coming; once there are pictures, a second without one is much. */
const LIVE_STALL_MS = { first: 15_000, next: 4_000 };
const RECORDING_STALL_MS = { first: 10_000, next: 10_000 };
const WRONG_PICTURES: Readonly<Record<PictureFault, string>> = {
  frozen: 'shows the same picture again and again.',
  black: 'shows a black picture: there is no light, or the lens is covered.',
  covered: 'shows nothing but one surface: something is right before the lens.',
};

/**
 * Shows what a program on this computer decodes, as frames, for as long as it runs.
 *
 * Every beginning of the program is a new scene, so that nobody is followed across the cut. What goes wrong is told as a
 * fault, and the input begun anew with growing pauses, for ever. A frozen picture is not shown on: the face on it may
 * have left.
 */
export class StreamSource implements FrameSource {
  readonly #options: StreamOptions;
  readonly #pool = new FramePool();
  readonly #stopping = new AbortController();
  readonly #watch: PictureWatch;
  readonly #wrongPicture = new Backoff(WRONG_PICTURE_RETRY);
  #running: Promise<void> = Promise.resolve();
  #frameNumber = 0;
  #scene = 0;
  #fault: string | null = null;
  #isOpen = false;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#watch = new PictureWatch({ noticeFrozen: options.noticeFrozen && options.input.isLive });
  }

  start(sink: FrameSink): void {
    this.#running = this.#run(sink);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(sink: FrameSink): Promise<void> {
    const { input, loop, clock, retry } = this.#options;
    const backoff = new Backoff(retry ?? { baseMs: 1000, capMs: 30_000 });
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const beganMs = clock.monotonicMs();
      sink.sign?.('trying');
      try {
        const end = await this.#playOnce(sink, () => backoff.reset());
        if (signal.aborted) return;
        if (end === 'ended' && !loop) {
          this.#tell(sink, 'no-picture', `${input.name} has ended.`);
          sink.sign?.('idle');
          return;
        }
        await pause(ROUND_MIN_MS - (clock.monotonicMs() - beganMs), signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(sink, error instanceof CameraError ? error.kind : 'no-picture', messageOf(error), error);
        await pause(backoff.nextDelayMs(), signal);
      }
    }
  }

  /** @returns how it came to its end: by itself, or to be begun anew because the picture was wrong for long. */
  async #playOnce(sink: FrameSink, onFrame: () => void): Promise<'ended' | 'anew'> {
    const { input, log } = this.#options;
    const { name, isLive } = input;
    const anew = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, anew.signal]);
    const silent = (): void => this.#tell(sink, 'no-picture', `${name} gives no picture.`);
    const silence = isLive ? setTimeout(silent, SILENCE_MS) : undefined;
    const wrong = new WrongPictureTimer(() => anew.abort());
    let opened: Awaited<ReturnType<PictureInput['open']>> | null = null;
    let endedWell = false;
    try {
      opened = await input.open(signal);
      this.#tellOpened(opened.decoder);
      this.#scene += 1;
      const stallMs = this.#options.stallMs ?? (isLive ? LIVE_STALL_MS : RECORDING_STALL_MS);
      const onPicture = (data: Uint8Array, width: number, height: number): void => {
        clearTimeout(silence);
        onFrame();
        const fault = this.#look(sink, { data, width, height });
        wrong.set(fault && isLive ? this.#wrongPicture : null);
        if (fault === 'frozen') {
          this.#pool.put(data);
          sink.sign?.('trying');
        } else sink.frame(this.#frame(data, width, height));
      };
      await runInput(opened, { ...{ name, stallMs, signal, onPicture }, pool: this.#pool });
      if (isLive && !signal.aborted) throw new CameraError('camera/ended', `${name} has ended its stream.`);
      endedWell = true;
      return anew.signal.aborted ? 'anew' : 'ended';
    } catch (error) {
      const mayDecodeOtherwise = opened?.decodesOtherwise?.(error) ?? false;
      // A camera that shows nothing is a fault at once, whosever it is.
      if (!mayDecodeOtherwise || codeOf(error) === 'camera/stalled') throw error;
      log.warn({ camera: name, reason: messageOf(error) }, 'decoder broke: another takes its place');
      this.#isOpen = false;
      return 'anew';
    } finally {
      clearTimeout(silence);
      wrong.set(null);
      opened?.close(endedWell);
    }
  }

  #tellOpened(decoder: DecoderUse): void {
    const { input, log, onDecoder } = this.#options;
    // A loop's every round need not be told.
    log[this.#isOpen ? 'debug' : 'info']({ camera: input.name, decoder }, 'camera opened');
    this.#isOpen = true;
    onDecoder?.(decoder);
  }

  /** Looks whether the picture is one to see anything on, and tells. */
  #look(sink: FrameSink, picture: { data: Uint8Array; width: number; height: number }): PictureFault | null {
    const fault = this.#watch.take(picture, this.#options.clock.monotonicMs());
    if (fault === null) {
      this.#wrongPicture.reset();
      this.#tell(sink, null, null);
    } else this.#tell(sink, fault, `${this.#options.input.name} ${WRONG_PICTURES[fault]}`);
    return fault;
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

  #tell(sink: FrameSink, kind: CameraFaultKind | null, fault: string | null, error?: unknown): void {
    if (fault === this.#fault) return;
    this.#fault = fault;
    this.#isOpen = fault === null;
    if (fault === null) this.#options.log.info('camera sees');
    else this.#options.log.warn({ fault, kind, code: codeOf(error) }, 'camera fault');
    sink.fault(fault, kind);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal }).catch(() => undefined);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof AgentError || error instanceof FaceCoreError ? error.code : undefined;
}
