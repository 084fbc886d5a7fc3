import type { DiskState } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import { diskPressure } from '../domain/disk-pressure';
import type { Disk, DiskReserve, Expendable, KeepAtMost } from '../ports/disk';

/** What a disk keeper works with. */
export interface DiskKeeperOptions {
  readonly disk: Disk;
  readonly reserve: DiskReserve;
  readonly pictures: Expendable;
  readonly telemetry: Expendable;
  /** The alarm is raised below this. */
  readonly lowBytes: number;
  /** Called when the level changed. */
  readonly onChange: () => void;
  /** Called after each look: what was held because it could not be written may go in now. */
  readonly onLook: () => void;
  readonly log: Logger;
  /** Default 10,000. */
  readonly lookEveryMs?: number;
}

/** As many pictures as a door has to hold, and a month of them: older ones are for no enrolment any more. */
const PICTURES_KEPT: KeepAtMost = { files: 50_000, ageMs: 30 * 24 * 60 * 60_000 };
const TELEMETRY_KEPT: KeepAtMost = { files: 10_000, ageMs: 7 * 24 * 60 * 60_000 };
/** To go through tens of thousands of files takes a while. */
const TRIM_EVERY_LOOKS = 360;

/**
 * Looks after the room on the disk: raises the alarm before it is needed, gives up the oldest pictures, then telemetry,
 * never events, and has some room in reserve for when all else is taken.
 */
export class DiskKeeper {
  readonly #options: DiskKeeperOptions;
  #state: DiskState | null = null;
  #wasRefused = false;
  #looks = 0;
  #looking: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: DiskKeeperOptions) {
    this.#options = options;
  }

  /** The disk as it was seen last; null before the first look. */
  get state(): DiskState | null {
    return this.#state;
  }

  /** Begins to look at intervals. */
  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), this.#options.lookEveryMs ?? 10_000);
  }

  /** Ends looking. @returns once nothing is going on. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  /** Looks now; a look that is going on counts as this one. Never rejects. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  /** Something could not be written. @returns whether there is room now that was in reserve: try again */
  makeRoom(): boolean {
    const { reserve, log } = this.#options;
    const hasRoom = reserve.release();
    if (!this.#wasRefused) log.error({ hasReserve: hasRoom }, 'disk refuses to take more');
    this.#wasRefused = true;
    this.#tell({ level: 'full', freeBytes: this.#state?.freeBytes ?? 0 });
    return hasRoom;
  }

  async #look(): Promise<void> {
    const { disk, reserve, lowBytes, onLook, log } = this.#options;
    try {
      const before = this.#state?.level ?? 'ok';
      const freeBytes = await disk.freeBytes();
      const pressure = diskPressure({ freeBytes, wasRefused: this.#wasRefused }, lowBytes, before);
      this.#tell({ level: pressure.level, freeBytes });
      if (pressure.isAmple) {
        this.#wasRefused = false;
        await reserve.take();
      }
      if (this.#looks++ % TRIM_EVERY_LOOKS === 0) await this.#trim();
      await this.#giveUp(pressure);
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'disk not looked at');
    }
    onLook();
  }

  async #trim(): Promise<void> {
    const { pictures, telemetry, log } = this.#options;
    const gone = await pictures.trim(PICTURES_KEPT, Date.now());
    const more = await telemetry.trim(TELEMETRY_KEPT, Date.now());
    if (gone + more > 0) log.info({ pictures: gone, telemetry: more }, 'older than is kept, deleted');
  }

  async #giveUp({
    picturesBytes,
    telemetryBytes,
  }: Pick<ReturnType<typeof diskPressure>, 'picturesBytes' | 'telemetryBytes'>): Promise<void> {
    if (picturesBytes === 0) return;
    const { pictures, telemetry, log } = this.#options;
    const freed = await pictures.giveUp(picturesBytes);
    const more = freed < telemetryBytes ? await telemetry.giveUp(telemetryBytes - freed) : 0;
    if (freed + more > 0) log.warn({ pictures: freed, telemetry: more }, 'disk nearly full, given up');
  }

  #tell(state: DiskState): void {
    const before = this.#state?.level;
    this.#state = state;
    // All is told when the link begins: that there is room is no news then.
    if (state.level === (before ?? 'ok')) return;
    const { log, onChange } = this.#options;
    if (state.level === 'ok') log.info({ ...state }, 'disk has room again');
    else log.warn({ ...state }, 'disk is nearly full');
    onChange();
  }
}
