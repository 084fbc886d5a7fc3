import type { Overview } from '@munjigi/contracts';

/** Visits of one day by the hour of the wall clock, each list 24 long. */
export interface DayCounts {
  readonly entries: readonly number[];
  readonly denied: readonly number[];
}

export const HOURS = 24;

/** A day on which nothing happened. */
export const EMPTY_DAY: DayCounts = { entries: zeros(), denied: zeros() };

/** Two days, or one day of two sites, as one. */
export function addDays(one: DayCounts, other: DayCounts): DayCounts {
  const add = (a: readonly number[], b: readonly number[]) => a.map((count, hour) => count + (b[hour] ?? 0));
  return { entries: add(one.entries, other.entries), denied: add(one.denied, other.denied) };
}

/** Whether anything at all happened. */
export function isEmpty({ entries, denied }: DayCounts): boolean {
  return sum(entries) + sum(denied) === 0;
}

/**
 * Sets today against days before it. A day without any event was no day: the site was closed, or not there yet.
 *
 * @param hour how much of the day has passed by the wall clock, in hours, 0 to 24
 */
export function againstUsual(
  today: DayCounts,
  before: readonly DayCounts[],
  hour: number,
): NonNullable<Overview['today']> {
  const days = before.filter((day) => !isEmpty(day));
  const usual = (of: (day: DayCounts) => number) => median(days.map(of));
  return {
    entries: { count: sum(today.entries), usual: usual((day) => untilHour(day.entries, hour)) },
    denied: { count: sum(today.denied), usual: usual((day) => untilHour(day.denied, hour)) },
    daysCompared: days.length,
    hours: today.entries.map((entries, index) => ({
      entries,
      denied: today.denied[index] ?? 0,
      usualEntries: usual((day) => day.entries[index] ?? 0),
    })),
  };
}

/** The middle one, or the mean of the two middle ones; null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function untilHour(counts: readonly number[], hour: number): number {
  const whole = Math.floor(hour);
  return sum(counts.slice(0, whole)) + (counts[whole] ?? 0) * (hour - whole);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function zeros(): number[] {
  return Array.from({ length: HOURS }, () => 0);
}
