import { DAY_MS } from './day';

const MINUTE_MS = 60_000;
/** Further from UTC than any clock on Earth. */
const OFFSET_MAX_MS = 16 * 60 * MINUTE_MS;

/**
 * The wall clock of one time zone, by the machine's own time zone database.
 *
 * Instants are ms since 1970 UTC; local times are ms since 1970 as a clock on that wall counts them.
 */
export class TimeZone {
  readonly name: string;
  readonly #format: Intl.DateTimeFormat;
  // Most questions about one decision are about one minute.
  #minute = Number.NaN;
  #offsetMs = 0;

  private constructor(name: string, format: Intl.DateTimeFormat) {
    this.name = name;
    this.#format = format;
  }

  /** The zone of that name; null when this machine does not know it. */
  static open(name: string): TimeZone | null {
    try {
      const format = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
      return new TimeZone(name, format);
    } catch {
      return null;
    }
  }

  /** Local time minus UTC, ms. `atMs` is one that `isInstant`. */
  offsetMsAt(atMs: number): number {
    const minute = Math.floor(atMs / MINUTE_MS);
    if (minute !== this.#minute) {
      this.#offsetMs = this.#readOffsetMs(minute * MINUTE_MS);
      this.#minute = minute;
    }
    return this.#offsetMs;
  }

  /** What the wall clock shows, ms since 1970. */
  localMsAt(atMs: number): number {
    return atMs + this.offsetMsAt(atMs);
  }

  /** The day on the wall, in days since 1970-01-01. */
  dayAt(atMs: number): number {
    return Math.floor(this.localMsAt(atMs) / DAY_MS);
  }

  /** The first instant of a day; of the next one that there is, where the zone left that day out. */
  startOfDayMs(day: number): number {
    const nominalMs = day * DAY_MS;
    const guessMs = nominalMs - this.offsetMsAt(nominalMs);
    if (this.localMsAt(guessMs) === nominalMs && this.dayAt(guessMs - 1) < day) return guessMs;
    return firstMs(nominalMs - OFFSET_MAX_MS, nominalMs + OFFSET_MAX_MS, (atMs) => this.dayAt(atMs) >= day);
  }

  /** The first instant after `fromMs`, up to `untilMs`, with another offset than `fromMs`; null when there is none. */
  offsetChangeMs(fromMs: number, untilMs: number): number | null {
    const offsetMs = this.offsetMsAt(fromMs);
    if (this.offsetMsAt(untilMs) === offsetMs) return null;
    return firstMs(fromMs, untilMs, (atMs) => this.offsetMsAt(atMs) !== offsetMs);
  }

  #readOffsetMs(atMs: number): number {
    let [year, month, day, hour, minute, second] = [0, 0, 0, 0, 0, 0];
    for (const { type, value } of this.#format.formatToParts(atMs)) {
      if (type === 'year') year = Number(value);
      else if (type === 'month') month = Number(value);
      else if (type === 'day') day = Number(value);
      else if (type === 'hour') hour = Number(value);
      else if (type === 'minute') minute = Number(value);
      else if (type === 'second') second = Number(value);
    }
    return Date.UTC(year, month - 1, day, hour, minute, second) - atMs;
  }
}

/** The first ms in (`lowMs`, `highMs`] at which a condition holds that, once true, stays so, and is true at the end. */
function firstMs(lowMs: number, highMs: number, holds: (atMs: number) => boolean): number {
  let [low, high] = [lowMs, highMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
