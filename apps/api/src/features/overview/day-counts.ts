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
function addDays(one: DayCounts, other: DayCounts): DayCounts {
  const add = (a: readonly number[], b: readonly number[]) => a.map((count, hour) => count + (b[hour] ?? 0));
  return { entries: add(one.entries, other.entries), denied: add(one.denied, other.denied) };
}

/** Whether anything at all happened. */
export function isEmpty({ entries, denied }: DayCounts): boolean {
  return sum(entries) + sum(denied) === 0;
}

/** A site's day so far, and days before it. */
export interface DaysOfSite {
  readonly today: DayCounts;
  /** The same weekday in the weeks before, last week's first; as many for each site. */
  readonly before: readonly DayCounts[];
  /** How much of the day has passed by the site's wall clock, in hours, 0 to 24. */
  readonly hour: number;
}

/**
 * Sets today against days before it, each site up to its own time of day. A day without any event at any of the sites
 * was no day: they were closed, or not there yet.
 */
export function againstUsual(sites: readonly DaysOfSite[]): NonNullable<Overview['today']> {
  const today = sites.reduce((all, site) => addDays(all, site.today), EMPTY_DAY);
  const days = weeksOf(sites).filter(({ whole }) => !isEmpty(whole));
  const usual = (of: (day: PastDay) => number) => median(days.map(of));
  return {
    entries: { count: sum(today.entries), usual: usual(({ entries }) => entries) },
    denied: { count: sum(today.denied), usual: usual(({ denied }) => denied) },
    daysCompared: days.length,
    hours: today.entries.map((entries, index) => ({
      entries,
      denied: today.denied[index] ?? 0,
      usualEntries: usual(({ whole }) => whole.entries[index] ?? 0),
    })),
  };
}

/** One day of all sites: by the hour, and how much had happened by each site's present time of day. */
interface PastDay {
  readonly whole: DayCounts;
  readonly entries: number;
  readonly denied: number;
}

function weeksOf(sites: readonly DaysOfSite[]): readonly PastDay[] {
  const weeks = Math.max(0, ...sites.map(({ before }) => before.length));
  return Array.from({ length: weeks }, (_, week) => {
    const days = sites.map(({ before, hour }) => ({ day: before[week] ?? EMPTY_DAY, hour }));
    return {
      whole: days.reduce((all, { day }) => addDays(all, day), EMPTY_DAY),
      entries: sum(days.map(({ day, hour }) => untilHour(day.entries, hour))),
      denied: sum(days.map(({ day, hour }) => untilHour(day.denied, hour))),
    };
  });
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
