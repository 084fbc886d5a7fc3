/** A day without a change of the clock, ms. */
export const DAY_MS = 86_400_000;

const INSTANT_MAX_MS = Date.UTC(9999, 0, 1);

/** Whether a number is an instant that can be told, ms since 1970: from then on, and before the year 9999. */
export function isInstant(atMs: number): boolean {
  return atMs >= 0 && atMs < INSTANT_MAX_MS;
}

/** The number of a day since 1970-01-01, which is 0. @param date `YYYY-MM-DD` */
export function dayOfDate(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** The day of the week, Monday 0 to Sunday 6. */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** A day of the year without the year, 0 (1 January) to 371, the same in leap years and others. */
export function dayOfYear(day: number): number {
  const date = new Date(day * DAY_MS);
  return date.getUTCMonth() * 31 + date.getUTCDate() - 1;
}

/** Days that `dayOfYear` may name, some of which do not exist. */
export const DAYS_OF_YEAR = 12 * 31;

/** An instant of the wire as ms since 1970; NaN when it is none. */
export function instantMs(instant: string): number {
  return Date.parse(instant);
}

/** An instant as it is written on the wire. */
export function toInstant(atMs: number): string {
  return new Date(atMs).toISOString();
}
