import type { Holiday } from '@munjigi/contracts';
import { dayOfDate } from '../time/day';
import { Holidays } from './holidays';

const holiday = (date: string, change: Partial<Holiday> = {}): Holiday => ({
  name: 'Holiday',
  date,
  lastDate: null,
  yearly: false,
  ...change,
});
const isHoliday = (days: Holiday[], date: string) => new Holidays(days).has(dayOfDate(date));

describe('holidays', () => {
  const yearly = { yearly: true };
  const newYear = holiday('2026-12-31', { yearly: true, lastDate: '2027-01-02' });
  const aroundLeapDay = holiday('2027-02-27', { yearly: true, lastDate: '2027-03-01' });

  it.each([
    ['a day itself', holiday('2026-10-05'), '2026-10-05', true],
    ['the day before', holiday('2026-10-05'), '2026-10-04', false],
    ['the same day of another year', holiday('2026-10-05'), '2027-10-05', false],
    ['the first of several days', holiday('2026-09-24', { lastDate: '2026-09-26' }), '2026-09-24', true],
    ['the last of several days', holiday('2026-09-24', { lastDate: '2026-09-26' }), '2026-09-26', true],
    ['the day after several', holiday('2026-09-24', { lastDate: '2026-09-26' }), '2026-09-27', false],
    ['a yearly day, later', holiday('2026-12-25', yearly), '2040-12-25', true],
    ['a yearly day, earlier', holiday('2026-12-25', yearly), '2020-12-25', true],
    ['a yearly stretch over new year', newYear, '2030-01-02', true],
    ['the day after it', newYear, '2030-01-03', false],
    ['the day before it', newYear, '2030-12-30', false],
    ['a yearly leap day in a leap year', holiday('2024-02-29', yearly), '2028-02-29', true],
    ['the day after a yearly leap day, in no leap year', holiday('2024-02-29', yearly), '2027-03-01', false],
    ['the day before it, in no leap year', holiday('2024-02-29', yearly), '2027-02-28', false],
    ['a leap day inside a yearly stretch', aroundLeapDay, '2028-02-29', true],
    [
      'any day of a stretch that is a year long',
      holiday('2027-06-02', { yearly: true, lastDate: '2028-06-01' }),
      '2031-06-01',
      true,
    ],
    [
      'any day of a stretch that ends on the day it began',
      holiday('2027-01-01', { yearly: true, lastDate: '2028-01-01' }),
      '2031-06-01',
      true,
    ],
    [
      'the last day of a calendar year',
      holiday('2027-01-01', { yearly: true, lastDate: '2027-12-31' }),
      '2028-12-31',
      true,
    ],
  ])('of %s', (_, days, date, expected) => {
    expect(isHoliday([days], date)).toBe(expected);
  });

  it('are found among overlapping and touching stretches in any order', () => {
    const days = [
      holiday('2026-10-10', { lastDate: '2026-10-12' }),
      holiday('2026-10-01', { lastDate: '2026-10-05' }),
      holiday('2026-10-03', { lastDate: '2026-10-04' }),
      holiday('2026-10-06'),
    ];
    const found = Array.from({ length: 14 }, (_, index) => `2026-10-${String(index + 1).padStart(2, '0')}`)
      .filter((date) => isHoliday(days, date))
      .map((date) => Number(date.slice(-2)));
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 10, 11, 12]);
  });
});
