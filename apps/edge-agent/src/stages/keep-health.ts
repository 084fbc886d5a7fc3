import { readdir, readFile, statfs } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DeviceHealth } from '@munjigi/contracts';

/** How often the computer is measured. */
const MEASURE_MS = 60_000;
const THERMAL_ZONES = '/sys/class/thermal';

/** What the door knows of its own work. */
export type WorkHealth = Pick<
  DeviceHealth,
  'framesPerSecond' | 'framesDropped' | 'lookMs' | 'eventsWaiting' | 'decoder'
>;

/** What a keeper works with. */
export interface HealthKeeperOptions {
  readonly work: () => WorkHealth;
  /** Whose disk is looked at. */
  readonly dataDirectory: string;
  /** There is a newer measure. */
  readonly onMeasured: () => void;
  /** Default a minute. */
  readonly measureMs?: number;
  /** Where Linux tells temperatures. */
  readonly thermalZones?: string;
}

/** Measures how the door's computer does, once at the start and then at intervals, and keeps the last measure. */
export class HealthKeeper {
  readonly #options: HealthKeeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #last: DeviceHealth | null = null;

  constructor(options: HealthKeeperOptions) {
    this.#options = options;
  }

  /** Null before the first measure. */
  get last(): DeviceHealth | null {
    return this.#last;
  }

  /** Begins to measure; returns at once. */
  start(): void {
    void this.measure();
    this.#timer = setInterval(() => void this.measure(), this.#options.measureMs ?? MEASURE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Measures now. Never rejects: what cannot be asked is null. */
  async measure(): Promise<void> {
    const { work, dataDirectory, onMeasured, thermalZones = THERMAL_ZONES } = this.#options;
    const disk = await statfs(dataDirectory).catch(() => null);
    this.#last = {
      measuredAt: new Date().toISOString(),
      uptimeSeconds: process.uptime(),
      temperatureC: await warmest(thermalZones),
      ...work(),
      memory: { freeBytes: freemem(), totalBytes: totalmem() },
      disk: disk && { freeBytes: disk.bavail * disk.bsize, totalBytes: disk.blocks * disk.bsize },
    };
    onMeasured();
  }
}

/** The highest of the temperatures that the machine tells, °C; null when it tells none. */
async function warmest(folder: string): Promise<number | null> {
  const zones = (await readdir(folder).catch((): string[] => [])).filter((zone) =>
    zone.startsWith('thermal_zone'),
  );
  const texts = await Promise.all(
    zones.map((zone) => readFile(join(folder, zone, 'temp'), 'utf8').catch(() => '')),
  );
  const degrees = texts
    .filter((text) => text.trim() !== '')
    .map((text) => Number(text) / 1000)
    .filter((celsius) => celsius >= -100 && celsius <= 300);
  return degrees.length === 0 ? null : Math.max(...degrees);
}
