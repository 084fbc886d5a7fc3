const DAY_MS = 86_400_000;
/** No zone's clock changes off the quarters of an hour. */
const QUARTER_MS = 900_000;
const KEPT_MAX = 10_000;

/** A day, as a number of days since 1970-01-01 on the same wall clock. */
export type DayNumber = number;

/** The wall clock of a time zone, quick enough for millions of instants. */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  /** By the days of UTC. */
  private readonly offsets = new Map<number, number | null>();

  /** @param timeZone IANA name; one that this machine does not know counts as UTC */
  constructor(timeZone: string) {
    this.format = formatOf(timeZone);
  }

  /** The instant with the clock's offset, such as `2026-10-01T18:30:00.000+09:00`. */
  iso(at: Date): string {
    const offsetMs = this.offsetMs(at.getTime());
    const minutes = Math.abs(offsetMs) / 60_000;
    const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
    const sign = offsetMs < 0 ? '-' : '+';
    return `${this.text(at).slice(0, -1)}${sign}${pad(minutes / 60)}:${pad(minutes % 60)}`;
  }

  /** What the clock shows, such as `2026-10-01 18:30:00`. */
  local(at: Date): string {
    return this.text(at).slice(0, 19).replace('T', ' ');
  }

  /** Milliseconds that the clock shows since its own 1970-01-01 00:00. */
  localMs(at: Date): number {
    return at.getTime() + this.offsetMs(at.getTime());
  }

  /** The day that it is on the clock. */
  day(at: Date): DayNumber {
    return Math.floor(this.localMs(at) / DAY_MS);
  }

  /** The first instant of a day; where the clock leaves midnight out, the first after it. */
  startOf(day: DayNumber): Date {
    const midnight = day * DAY_MS;
    const guess = midnight - this.offsetMs(midnight);
    const start = midnight - this.offsetMs(guess);
    // Where midnight is left out, the offset before it leads to the day before.
    return new Date(this.day(new Date(start)) < day ? midnight - this.offsetMs(start) : start);
  }

  /** How far the clock is ahead of UTC at an instant, ms. */
  private offsetMs(atMs: number): number {
    const day = Math.floor(atMs / DAY_MS);
    let offset = this.offsets.get(day);
    if (offset === undefined) {
      const [first, last] = [this.reckon(day * DAY_MS), this.reckon((day + 1) * DAY_MS)];
      // Null: the clock changes within the day.
      offset = first === last ? first : null;
      if (this.offsets.size >= KEPT_MAX) this.offsets.clear();
      this.offsets.set(day, offset);
    }
    return offset ?? this.reckon(Math.floor(atMs / QUARTER_MS) * QUARTER_MS);
  }

  private reckon(atMs: number): number {
    const parts = this.format.formatToParts(atMs);
    const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
    const [year, month, day] = [part('year'), part('month') - 1, part('day')];
    return Date.UTC(year, month, day, part('hour'), part('minute'), part('second')) - atMs;
  }

  private text(at: Date): string {
    return new Date(this.localMs(at)).toISOString();
  }
}

/** The number of a calendar day, `YYYY-MM-DD`. */
export function dayNumber(date: string): DayNumber {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric';
  const options: Intl.DateTimeFormatOptions = {
    ...{ year: numeric, month: numeric, day: numeric },
    ...{ hour: numeric, minute: numeric, second: numeric, hourCycle: 'h23' },
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}
