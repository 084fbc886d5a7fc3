import type { HolidayCalendar, Schedule } from '@munjigi/contracts';
import { at, hours, id, scheduleOf, week } from '../testing/rule-fixture';
import { nextChange, scheduleCovers } from './schedule-questions';
import { ZonedSchedule } from './zoned-schedule';
import { TimeZone } from '../time/time-zone';

const chuseok: HolidayCalendar = {
  id: id.calendar(),
  name: 'Public holidays',
  days: [{ name: 'Chuseok', date: '2026-09-24', lastDate: '2026-09-26', yearly: false }],
};
const ask = (timeZone: string, schedule: Schedule, calendars: HolidayCalendar[] = []) => ({
  schedule,
  calendars,
  timeZone,
});
const sourceAt = (schedule: Schedule, calendars: HolidayCalendar[], instant: string) =>
  new ZonedSchedule(
    schedule,
    new Map(calendars.map((each) => [each.id, each])),
    TimeZone.open('Asia/Seoul')!,
  ).coverageAt(at(instant));

describe('a schedule covers', () => {
  const office = scheduleOf();
  const night = scheduleOf({ weekly: week('00:00-02:30 22:00-24:00', '00:00-02:30') });
  const always = scheduleOf({ weekly: week('00:00-24:00', '00:00-24:00') });

  it.each<[string, string, Schedule, string, boolean]>([
    ['the first instant of an interval', 'Asia/Seoul', office, '2026-10-01T00:00:00Z', true],
    ['not the instant before it', 'Asia/Seoul', office, '2026-09-30T23:59:59.999Z', false],
    ['the last instant of an interval', 'Asia/Seoul', office, '2026-10-01T08:59:59.999Z', true],
    ['not its end', 'Asia/Seoul', office, '2026-10-01T09:00:00Z', false],
    ['not another day of the week', 'Asia/Seoul', office, '2026-10-03T03:00:00Z', false],
    ['by the day of the site, not of UTC', 'Asia/Seoul', always, '2026-10-03T15:00:00Z', true],
    ['the last instant before 24:00', 'Asia/Seoul', night, '2026-10-01T14:59:59.999Z', true],
    ['on through midnight', 'Asia/Seoul', night, '2026-10-01T15:00:00Z', true],
    ['until the time on the next day', 'Asia/Seoul', night, '2026-10-01T17:30:00Z', false],
    // 29 March 2026, Sunday: 02:00 to 03:00 does not happen in Berlin.
    ['up to the hour that is left out', 'Europe/Berlin', night, '2026-03-29T00:59:59.999Z', true],
    ['not after the hour that is left out', 'Europe/Berlin', night, '2026-03-29T01:00:00Z', false],
    // 25 October 2026, Sunday: 02:00 to 03:00 happens twice in Berlin.
    ['02:29 the first time', 'Europe/Berlin', night, '2026-10-25T00:29:59.999Z', true],
    ['not 02:30 the first time', 'Europe/Berlin', night, '2026-10-25T00:30:00Z', false],
    ['02:00 the second time', 'Europe/Berlin', night, '2026-10-25T01:00:00Z', true],
    ['not 02:30 the second time', 'Europe/Berlin', night, '2026-10-25T01:30:00Z', false],
    // 8 March and 1 November 2026, Sundays, in New York.
    ['09:00 by summer time', 'America/New_York', office, '2026-03-09T13:00:00Z', true],
    ['not 08:59 by summer time', 'America/New_York', office, '2026-03-09T12:59:59.999Z', false],
    ['not 08:59 by winter time again', 'America/New_York', office, '2026-11-02T13:59:59.999Z', false],
    ['09:00 by winter time again', 'America/New_York', office, '2026-11-02T14:00:00Z', true],
    ['in Seoul at the same hour in winter', 'Asia/Seoul', office, '2026-12-01T00:00:00Z', true],
    ['a leap day like any Tuesday', 'Asia/Seoul', office, '2028-02-29T00:00:00Z', true],
  ])('%s', (_, timeZone, schedule, instant, expected) => {
    expect(scheduleCovers(ask(timeZone, schedule), at(instant))).toBe(expected);
  });
});

describe('what decides a day', () => {
  const schedule = scheduleOf({
    holiday: hours('10:00-12:00'),
    holidayCalendarIds: [id.calendar()],
    exceptions: [
      { date: '2026-09-25', intervals: hours('20:00-21:00') },
      { date: '2026-10-01', intervals: [] },
    ],
  });

  it.each([
    ['the holiday before the day of the week', '2026-09-24T10:00:00+09:00', true, 'holiday'],
    ['the holiday, by its own hours', '2026-09-24T09:00:00+09:00', false, 'holiday'],
    ['an exception before a holiday', '2026-09-25T10:00:00+09:00', false, 'exception'],
    ['an exception, by its own hours', '2026-09-25T20:00:00+09:00', true, 'exception'],
    ['an exception without hours', '2026-10-01T10:00:00+09:00', false, 'exception'],
    ['a holiday on a Saturday', '2026-09-26T11:00:00+09:00', true, 'holiday'],
    ['else the day of the week', '2026-09-23T09:00:00+09:00', true, 'weekly'],
  ])('is %s', (_, instant, covers, source) => {
    expect(sourceAt(schedule, [chuseok], instant)).toEqual({ covers, source });
  });

  it('is the day of the week where the schedule makes no difference of holidays', () => {
    const same = { ...schedule, holiday: null };
    expect(sourceAt(same, [chuseok], '2026-09-24T09:00:00+09:00').source).toBe('weekly');
    expect(sourceAt(same, [], '2026-09-24T09:00:00+09:00').covers).toBe(true);
  });

  it('is in doubt, and closed, while a calendar is missing, but for dates that are told otherwise', () => {
    expect(sourceAt(schedule, [], '2026-09-23T09:00:00+09:00')).toEqual({
      covers: false,
      source: 'calendar-unavailable',
    });
    expect(sourceAt(schedule, [], '2026-09-25T20:00:00+09:00').covers).toBe(true);
    const two = { ...schedule, holidayCalendarIds: [id.calendar(), id.calendar(2)] };
    expect(sourceAt(two, [chuseok], '2026-09-24T10:00:00+09:00').source).toBe('holiday');
  });

  it.each([Number.NaN, Infinity, -Infinity, -1, 8.64e15 + 1])(
    'is nothing at a time that is none, %d',
    (atMs) => {
      const always = scheduleOf({ weekly: week('00:00-24:00', '00:00-24:00') });
      expect(scheduleCovers(ask('Asia/Seoul', always), atMs)).toBe(false);
      expect(nextChange(ask('Asia/Seoul', always), atMs)).toBeNull();
    },
  );

  it('is nothing in a time zone that is unknown', () => {
    const always = scheduleOf({ weekly: week('00:00-24:00', '00:00-24:00') });
    expect(scheduleCovers(ask('Mars/Olympus', always), at('2026-10-01T00:00:00Z'))).toBe(false);
    expect(nextChange(ask('Mars/Olympus', scheduleOf()), at('2026-10-01T00:00:00Z'))).toBeNull();
  });
});

describe('a schedule next changes', () => {
  const night = scheduleOf({ weekly: week('00:00-02:30', '00:00-02:30') });
  const leapDay = scheduleOf({
    weekly: week('00:00-24:00', '00:00-24:00'),
    holiday: [],
    holidayCalendarIds: [id.calendar()],
  });
  const leapDays: HolidayCalendar = {
    id: id.calendar(),
    name: 'Leap days',
    days: [{ name: 'Leap day', date: '2096-02-29', lastDate: null, yearly: true }],
  };

  it.each<[string, string, Schedule, string, string]>([
    ['when it opens', 'Asia/Seoul', scheduleOf(), '2026-10-01T08:00:00+09:00', '2026-10-01T09:00:00+09:00'],
    ['when it closes', 'Asia/Seoul', scheduleOf(), '2026-10-01T09:00:00+09:00', '2026-10-01T18:00:00+09:00'],
    ['after a weekend', 'Asia/Seoul', scheduleOf(), '2026-10-02T18:00:00+09:00', '2026-10-05T09:00:00+09:00'],
    ['early, at an hour left out', 'Europe/Berlin', night, '2026-03-28T23:00:00Z', '2026-03-29T01:00:00Z'],
    [
      'late, at an hour that comes twice',
      'Europe/Berlin',
      night,
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:00:00Z',
    ],
    [
      'twice in the hour that comes twice',
      'Europe/Berlin',
      night,
      '2026-10-25T01:00:00Z',
      '2026-10-25T01:30:00Z',
    ],
  ])('%s', (_, timeZone, schedule, from, to) => {
    expect(nextChange(ask(timeZone, schedule), at(from))).toBe(at(to));
  });

  it('at a leap day eight years off', () => {
    const question = ask('Asia/Seoul', leapDay, [leapDays]);
    expect(nextChange(question, at('2096-03-01T00:00:00+09:00'))).toBe(at('2104-02-29T00:00:00+09:00'));
  });

  it.each([
    ['open', week('00:00-24:00', '00:00-24:00')],
    ['open in pieces that touch', week('00:00-12:00 12:00-24:00', '06:00-24:00 00:00-07:00')],
    ['closed', week('')],
  ])('never when it is always %s', (_, weekly) => {
    expect(nextChange(ask('Europe/Berlin', scheduleOf({ weekly })), at('2026-03-29T00:30:00Z'))).toBeNull();
  });
});
