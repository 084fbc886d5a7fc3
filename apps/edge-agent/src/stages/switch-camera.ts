import type { CameraFaultKind, CameraSettings } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import type { CameraMemory } from '../ports/camera-memory';
import type { CapturedFrame, FrameSink, FrameSource } from '../ports/frame-source';

/** Which camera is wanted. */
export interface CameraWish {
  /** Null: nobody has said. */
  readonly settings: CameraSettings | null;
  /** What is wrong with what was said last, in words for people: an older wish stands then. Null: nothing. */
  readonly problem: string | null;
}

/** What a switch works with. */
export interface CameraSwitchOptions {
  readonly wish: () => CameraWish;
  /** Makes a camera; nothing begins before it is started. */
  readonly open: (settings: CameraSettings) => FrameSource;
  readonly memory: CameraMemory;
  readonly log: Logger;
  /** New settings that show no picture for this long have failed. Default 20,000. */
  readonly trialMs?: number;
}

/** A camera that runs, and whether it is the one that is wanted. */
interface Running {
  settings: CameraSettings;
  readonly source: FrameSource;
  readonly isFallback: boolean;
  isProven: boolean;
  trial: NodeJS.Timeout | undefined;
}

/**
 * Shows the camera that is wanted, and changes to another while the door runs.
 *
 * New settings that show no picture in time, or whose user is refused, have failed: the last that worked are taken
 * again, and a fault says so until they are changed. When the camera of those fails as well, the new ones are tried once
 * more, and so on: whichever comes back first is seen.
 */
export class CameraSwitch implements FrameSource {
  readonly #options: CameraSwitchOptions;
  #sink: FrameSink | null = null;
  #running: Running | null = null;
  #work: Promise<void> = Promise.resolve();
  #isStopped = false;
  /** The settings that failed, and how. */
  #failed: { readonly key: string; readonly fault: string } | null = null;
  #frameNumber = 0;
  #sceneBase = 0;
  #scene = 0;
  #own: { fault: string; kind: CameraFaultKind | null } | null = null;
  #told: string | null = null;

  constructor(options: CameraSwitchOptions) {
    this.#options = options;
  }

  /** The settings that are in force; null: none are. */
  get settings(): CameraSettings | null {
    return this.#running?.settings ?? null;
  }

  start(sink: FrameSink): void {
    this.#sink = sink;
    this.changed();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
    await this.#end();
  }

  /** Another camera may be wanted. Returns at once. */
  changed(): void {
    if (!this.#sink) return;
    this.#work = this.#work.then(() => this.#follow());
  }

  async #follow(): Promise<void> {
    if (this.#isStopped) return;
    const { settings, problem } = this.#options.wish();
    if (!settings) {
      await this.#end();
      this.#own =
        problem === null
          ? { fault: 'No camera is set for this door.', kind: 'no-picture' }
          : { fault: problem, kind: 'settings' };
      this.#sink?.sign?.('idle');
    } else if (this.#failed?.key !== keyOf(settings)) {
      const isSame =
        this.#running && !this.#running.isFallback && keyOf(this.#running.settings) === keyOf(settings);
      this.#failed = null;
      if (!isSame) await this.#open(settings, false);
      else if (this.#running) this.#running.settings = settings;
    }
    this.#tell();
  }

  async #open(settings: CameraSettings, isFallback: boolean): Promise<void> {
    await this.#end();
    if (this.#isStopped) return;
    const { open, log, trialMs = 20_000 } = this.#options;
    const running: Running = {
      settings,
      source: open(settings),
      isFallback,
      isProven: false,
      trial: undefined,
    };
    this.#running = running;
    this.#own = null;
    this.#sceneBase = this.#scene;
    log.info({ camera: settings.source.kind, isFallback }, 'camera settings in force');
    running.trial = setTimeout(() => this.#fail(running), trialMs);
    running.source.start({
      frame: (frame) => this.#take(running, frame),
      fault: (fault, kind) => this.#hear(running, fault, kind),
      sign: (sign) => {
        if (running === this.#running) this.#sink?.sign?.(sign);
      },
    });
  }

  async #end(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    clearTimeout(running?.trial);
    await running?.source.stop();
  }

  #take(running: Running, frame: CapturedFrame): void {
    if (running !== this.#running) {
      frame.release();
      return;
    }
    if (!running.isProven) {
      running.isProven = true;
      clearTimeout(running.trial);
      if (!running.isFallback) this.#keepGood(running.settings);
    }
    this.#frameNumber += 1;
    this.#scene = this.#sceneBase + frame.scene;
    this.#sink?.frame({ ...frame, frameNumber: this.#frameNumber, scene: this.#scene });
  }

  #keepGood(settings: CameraSettings): void {
    const { memory, log } = this.#options;
    try {
      memory.keepGood(settings);
    } catch (error) {
      // The picture is there all the same; only a later failure would have nothing to go back to.
      log.warn({ reason: messageOf(error) }, 'camera settings that work not kept');
    }
  }

  #hear(running: Running, fault: string | null, kind: CameraFaultKind | null): void {
    if (running !== this.#running) return;
    this.#own = fault === null ? null : { fault, kind };
    this.#tell();
    if (kind === 'refused' && !running.isProven) this.#fail(running);
    if (!running.isFallback || !running.isProven) return;
    // The camera that stood in went away as well: after a while the wanted one is tried again.
    clearTimeout(running.trial);
    const { trialMs = 20_000 } = this.#options;
    if (kind === 'no-picture') running.trial = setTimeout(() => this.#fail(running), trialMs);
  }

  /** Takes the other settings: the last that worked for those that are wanted, or the other way round. */
  #fail(running: Running): void {
    clearTimeout(running.trial);
    this.#work = this.#work.then(async () => {
      if (running !== this.#running || this.#isStopped) return;
      if (running.isFallback) {
        this.#failed = null;
        await this.#follow();
        return;
      }
      const good = this.#options.memory.lastGood();
      if (!good || keyOf(good) === keyOf(running.settings)) return;
      const why = this.#own?.fault ?? 'No picture came.';
      const fault = `The camera settings cannot be used, the last that worked are in force. ${why}`;
      this.#failed = { key: keyOf(running.settings), fault };
      await this.#open(good, true);
      this.#tell();
    });
  }

  #tell(): void {
    const problem = this.#failed?.fault ?? this.#options.wish().problem;
    const told = this.#own ?? (problem === null ? null : { fault: problem, kind: 'settings' as const });
    const text = told?.fault ?? null;
    if (text === this.#told) return;
    this.#told = text;
    if (told?.kind === 'settings') this.#options.log.warn({ fault: text }, 'camera settings failed');
    this.#sink?.fault(text, told?.kind ?? null);
  }
}

/** Settings that make the same stream have the same key. */
function keyOf({ viewSize: _viewSize, ...stream }: CameraSettings): string {
  return JSON.stringify(stream);
}
