import { DAY_MIN, type Hours } from '@/components/week/day-hours';

/** A span of time, as the server tells when a person may pass. */
export interface Span {
  readonly from: string;
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** The Monday of the week that a date is in, some weeks later. Dates are `YYYY-MM-DD`. */
export function mondayOf(date: string, weeksLater = 0): string {
  const day = new Date(`${date}T00:00:00Z`);
  const sinceMonday = (day.getUTCDay() + 6) % 7;
  return shifted(date, weeksLater * 7 - sinceMonday);
}

/** The date some days later. */
export function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** What to ask for so that every hour of a week is covered in any time zone. @param monday `YYYY-MM-DD` */
export function askedSpan(monday: string): Span {
  const from = Date.parse(`${monday}T00:00:00Z`);
  return {
    from: new Date(from - DAY_MS).toISOString(),
    until: new Date(from + 8 * DAY_MS).toISOString(),
  };
}

/** The date and the minute of the day at an instant, by the wall clock of a zone. */
export function wallClock(instant: string | number, timeZone: string): { date: string; minute: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '0';
  return {
    date: `${part('year')}-${part('month')}-${part('day')}`,
    minute: Number(part('hour')) * 60 + Number(part('minute')),
  };
}

/**
 * The hours of each day of a week, Monday first, by the wall clock of a zone.
 *
 * @param monday `YYYY-MM-DD`
 */
export function weekHours(spans: readonly Span[], monday: string, timeZone: string): Hours[][] {
  const walls = spans.map(({ from, until }) => ({
    from: wallClock(from, timeZone),
    until: wallClock(until, timeZone),
  }));
  return Array.from({ length: 7 }, (_, index) => {
    const day = shifted(monday, index);
    return walls.flatMap(({ from, until }) => {
      if (from.date > day || until.date < day) return [];
      const hours = {
        from: from.date < day ? 0 : from.minute,
        to: until.date > day ? DAY_MIN : until.minute,
      };
      return hours.from < hours.to ? [hours] : [];
    });
  });
}
