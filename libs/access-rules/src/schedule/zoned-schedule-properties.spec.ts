import type { HolidayCalendar, Schedule } from '@munjigi/contracts';
import fc from 'fast-check';
import { id } from '../testing/rule-fixture';
import { arbitrarySchedule } from '../testing/arbitrary-rules';
import { at } from '../testing/rule-fixture';
import { TimeZone } from '../time/time-zone';
import { ZonedSchedule } from './zoned-schedule';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

const calendar: HolidayCalendar = {
  id: id.calendar(),
  name: 'Holidays',
  days: [
    { name: 'Changes of the clock', date: '2026-03-28', lastDate: '2026-03-29', yearly: true },
    { name: 'Again', date: '2026-10-25', lastDate: null, yearly: false },
  ],
};

/** Days around changes of the clock, where mistakes live, and any other. */
const start = fc.oneof(
  fc.constantFrom(
    at('2026-03-28T10:00:00Z'),
    at('2026-10-24T10:00:00Z'),
    at('2026-03-07T12:00:00Z'),
    at('2026-10-31T12:00:00Z'),
    at('2028-02-28T12:00:00Z'),
    at('2026-04-23T12:00:00Z'),
  ),
  fc
    .integer({ min: at('2025-01-01T00:00:00Z') / MINUTE_MS, max: at('2030-01-01T00:00:00Z') / MINUTE_MS })
    .map((minute) => minute * MINUTE_MS),
);

const zone = fc
  .constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Asia/Seoul',
    'Africa/Cairo',
    'America/Havana',
    'Australia/Lord_Howe',
  )
  .map((name) => TimeZone.open(name)!);

const zoned = (schedule: Schedule, timeZone: TimeZone) =>
  new ZonedSchedule(schedule, new Map([[calendar.id, calendar]]), timeZone);

describe('when a schedule next changes', () => {
  it('is the first minute at which it covers what it did not, or the reverse', () => {
    fc.assert(
      fc.property(arbitrarySchedule, zone, start, (schedule, timeZone, fromMs) => {
        const asked = zoned(schedule, timeZone);
        const before = asked.covers(fromMs);
        const sampled = minutes(3 * DAY_MINUTES, fromMs).find((atMs) => asked.covers(atMs) !== before);
        const changeMs = asked.nextChangeMs(fromMs);
        if (sampled === undefined)
          expect(changeMs ?? Infinity).toBeGreaterThan(fromMs + 3 * DAY_MINUTES * MINUTE_MS);
        else expect(changeMs).toBe(sampled);
      }),
      { numRuns: 150 },
    );
  });

  it('agrees with what a calendar and a clock on the wall show', () => {
    fc.assert(
      fc.property(arbitrarySchedule, zone, start, (schedule, timeZone, atMs) => {
        expect(zoned(schedule, timeZone).covers(atMs)).toBe(readFromTheWall(schedule, timeZone.name, atMs));
      }),
      { numRuns: 500 },
    );
  });
});

function minutes(count: number, fromMs: number): number[] {
  return Array.from({ length: count }, (_, index) => fromMs + (index + 1) * MINUTE_MS);
}

/** The same answer by other means: the date and time as the platform writes them, compared as texts. */
function readFromTheWall(schedule: Schedule, timeZone: string, atMs: number): boolean {
  const written = (options: Intl.DateTimeFormatOptions, locale = 'sv-SE') =>
    new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(atMs);
  const date = written({ dateStyle: 'short' });
  const time = written({ timeStyle: 'short' });
  const weekday = written({ weekday: 'long' }, 'en-GB').toLowerCase() as keyof Schedule['weekly'];
  const isHoliday = /-03-2[89]$/.test(date) || date === '2026-10-25';
  const onHoliday = schedule.holidayCalendarIds.length > 0 && isHoliday ? schedule.holiday : null;
  const exception = schedule.exceptions.find((each) => each.date === date)?.intervals;
  const intervals = exception ?? onHoliday ?? schedule.weekly[weekday];
  return intervals.some(({ from, to }) => time >= from && time < to);
}
