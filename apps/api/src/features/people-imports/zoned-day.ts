const DAY_MS = 86_400_000;

/**
 * The instant that a cell means: itself, or the first of a day on the wall clock of a time zone.
 *
 * @param end takes a day as the last one that is included: the instant is the first of the day after
 * @returns ISO 8601 in UTC; null for what is neither
 */
export function instantOf(
  value: string,
  { timeZone, end }: { timeZone: string; end: boolean },
): string | null {
  const day = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?$/.exec(value);
  if (!day) {
    const isInstant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
    const time = isInstant ? Date.parse(value) : NaN;
    return Number.isNaN(time) ? null : new Date(time).toISOString();
  }
  const [year, month, date] = day.slice(1).map(Number) as [number, number, number];
  const midnight = Date.UTC(year, month - 1, date);
  if (new Date(midnight).getUTCMonth() !== month - 1) return null;
  return new Date(startOfDay(end ? midnight + DAY_MS : midnight, timeZone)).toISOString();
}

/** @param midnight of the day as if its clock were UTC's, ms */
function startOfDay(midnight: number, timeZone: string): number {
  const guess = midnight - offsetAt(midnight, timeZone);
  // The offset there is the right one unless the clock changes in between.
  return midnight - offsetAt(guess, timeZone);
}

/** How far the wall clock is ahead of UTC at an instant, ms. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(instant / 1000) * 1000;
}
