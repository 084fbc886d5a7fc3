import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { FrameSink, FrameSource } from './ports/frame-source';
import type { Vision } from './ports/vision';
import { EventLoopWatch } from './adapters/clock/event-loop-watch';
import type { Pipeline } from './pipeline';
import type { PageServer } from './page/page-server';
import type { DiskKeeper } from './stages/keep-disk';
import type { WatchdogKeeper } from './stages/keep-watchdog';
import type { DoorActuator } from './stages/actuate';
import type { FrameMailbox } from './stages/capture';
import type { ClockWatch } from './stages/watch-clock';
import type { HealthKeeper } from './stages/keep-health';
import type { ServerLink } from './sync/server-link';

/** The built parts that live and end together. */
export interface AgentParts {
  readonly source: FrameSource;
  readonly mailbox: FrameMailbox;
  readonly pipeline: Pipeline;
  readonly uplink: ServerLink;
  readonly actuator: DoorActuator;
  readonly vision: Vision;
  readonly disk: DiskKeeper;
  readonly health: HealthKeeper;
  readonly clockWatch: ClockWatch;
  readonly watchdog: WatchdogKeeper;
  readonly store: { close(): void };
  /** This computer's own page; null: it has none. */
  readonly page: PageServer | null;
  readonly log: Logger;
  /** Takes what the camera says of itself. */
  readonly onCameraFault: FrameSink['fault'];
  /** Waits for the first people and settings of a door that has none yet, within bounds. */
  readonly untilInformed: (signal: AbortSignal) => Promise<void>;
  /** Aborts when the server wants the agent to begin anew. */
  readonly restartAsked: AbortSignal;
}

/** What an agent has to do, and how it keeps up with it. */
export interface AgentLoad {
  /** Frames a second that are looked at now. */
  readonly framesPerSecond: number;
  /** Frames that were dropped because newer ones came. */
  readonly framesDropped: number;
  /** From a face's first frame to the relay, of the latest who were let in; nulls: nobody was. */
  readonly openingMs: { readonly p50: number | null; readonly p95: number | null };
  /** The stall of the event loop that 99 of 100 turns do not exceed, since the start. */
  readonly stallP99Ms: number;
  readonly residentMiB: number;
}

/** How often the load is logged. */
const LOAD_LOG_MS = 60_000;

/** How often the door looks whether it stands open for all. */
const MODE_LOOK_MS = 1_000;

/** How long one step of stopping may take. */
const STEP_LIMIT_MS = 3000;

/** One door's computer. Several can run in one process. */
export class Agent {
  readonly #parts: AgentParts;
  #looking: Promise<void> = Promise.resolve();
  #opening: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | null = null;
  readonly #stopping = new AbortController();
  readonly #loop = new EventLoopWatch();
  #modes: NodeJS.Timeout | undefined;
  #loads: NodeJS.Timeout | undefined;

  constructor(parts: AgentParts) {
    this.#parts = parts;
  }

  /** What the agent has to do, and how it keeps up with it. */
  get load(): AgentLoad {
    const { pipeline, mailbox } = this.#parts;
    return {
      ...{ framesPerSecond: pipeline.framesPerSecond, framesDropped: mailbox.dropped },
      ...{ openingMs: pipeline.openingMs, stallP99Ms: this.#loop.stallMs(0.99) },
      residentMiB: Math.round(process.memoryUsage.rss() / 1024 ** 2),
    };
  }

  /** The address of this computer's own page; null where it is not served. */
  get pageUrl(): string | null {
    return this.#parts.page?.url ?? null;
  }

  /** Aborts when the agent is to be stopped and begun anew, by whoever runs it. */
  get restartAsked(): AbortSignal {
    return this.#parts.restartAsked;
  }

  /** Begins to look, to decide and to seek the server. Returns at once. */
  start(): void {
    const { pipeline, uplink, actuator, disk, page, health, log, watchdog } = this.#parts;
    this.#loop.start();
    this.#loads = setInterval(() => log.info({ ...this.load }, 'load'), LOAD_LOG_MS);
    disk.start();
    void page?.start();
    actuator.start();
    pipeline.keepMode();
    this.#looking = pipeline.run();
    this.#modes = setInterval(() => {
      pipeline.keepMode();
      watchdog.modeLooked();
    }, MODE_LOOK_MS);
    uplink.start();
    health.start();
    this.#parts.clockWatch.start();
    this.#opening = this.#openEyes();
    watchdog.ready();
  }

  /** Ends everything in order: eyes, link, door (locked), models, store. May be called twice. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #openEyes(): Promise<void> {
    const { source, mailbox, onCameraFault, untilInformed, watchdog } = this.#parts;
    await untilInformed(this.#stopping.signal);
    if (this.#stopping.signal.aborted) return;
    source.start({
      frame: (frame) => mailbox.put(frame),
      fault: (fault, kind) => {
        watchdog.lost(fault !== null);
        onCameraFault(fault, kind);
      },
      sign: (sign) => watchdog.sign(sign),
    });
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.#parts.watchdog.stopping();
    clearInterval(this.#modes);
    clearInterval(this.#loads);
    await this.#opening;
    const { source, mailbox, uplink, actuator, vision, disk, store, log, page, health } = this.#parts;
    log.info({ ...this.load }, 'load');
    this.#loop.stop();
    health.stop();
    this.#parts.clockWatch.stop();
    await page?.stop();
    await source.stop();
    mailbox.close();
    await inTime(this.#looking);
    await actuator.close();
    await uplink.stop();
    await inTime(vision.close());
    await disk.stop();
    store.close();
    log.info('agent stopped');
  }
}

/** Waits, but not for ever: an inference that hangs must keep no door unlocked and no store open. */
async function inTime(work: Promise<void>): Promise<void> {
  const limit = new AbortController();
  const late = sleep(STEP_LIMIT_MS, undefined, { signal: limit.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  limit.abort();
}
