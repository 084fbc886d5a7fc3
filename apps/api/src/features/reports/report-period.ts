import type { RelativePeriod, ReportPeriod } from '@munjigi/contracts';
import { dayNumber, type DayNumber, type WallClock } from '../../platform/time/wall-clock';

const DAY_MS = 86_400_000;

/** From an instant until before another. */
export interface TimeWindow {
  readonly from: Date;
  readonly until: Date;
}

/** The time that a period means on a wall clock. */
export function windowOf(period: ReportPeriod, clock: WallClock, now: Date): TimeWindow {
  if (period.kind === 'instants') return { from: new Date(period.from), until: new Date(period.until) };
  const [first, end] =
    period.kind === 'days'
      ? [dayNumber(period.from), dayNumber(period.until) + 1]
      : daysOf(period.of, clock.day(now));
  return { from: clock.startOf(first), until: clock.startOf(end) };
}

/** The first day of a moving period, and the day after its last. */
function daysOf(period: RelativePeriod, today: DayNumber): [first: DayNumber, end: DayNumber] {
  const date = new Date(today * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  // 1970-01-01 was a Thursday.
  const monday = today - ((today + 3) % 7);
  const days: Readonly<Record<RelativePeriod, [DayNumber, DayNumber]>> = {
    today: [today, today + 1],
    yesterday: [today - 1, today],
    'last-7-days': [today - 6, today + 1],
    'last-30-days': [today - 29, today + 1],
    'this-week': [monday, monday + 7],
    'last-week': [monday - 7, monday],
    'this-month': [firstOf(year, month), firstOf(year, month + 1)],
    'last-month': [firstOf(year, month - 1), firstOf(year, month)],
    'this-year': [firstOf(year, 0), firstOf(year + 1, 0)],
  };
  return days[period];
}

function firstOf(year: number, month: number): DayNumber {
  return Date.UTC(year, month, 1) / DAY_MS;
}
