import type { ReportTiming } from '@munjigi/contracts';
import { nextDue } from './schedule-timing';

describe('a schedule', () => {
  it.each<[string, ReportTiming, string, string]>([
    ['a day', { every: 'day', at: '07:00' }, 'Asia/Seoul', '2026-02-27T22:00:00.000Z'],
    ['a week', { every: 'week', on: 7, at: '07:30' }, 'Asia/Seoul', '2026-02-28T22:30:00.000Z'],
    ['a month', { every: 'month', on: 1, at: '00:05' }, 'Asia/Seoul', '2026-02-28T15:05:00.000Z'],
    [
      'a month’s last day',
      { every: 'month', on: 'last', at: '23:00' },
      'Asia/Seoul',
      '2026-02-28T14:00:00.000Z',
    ],
    // Half past two comes not on that day.
    ['a day of one hour less', { every: 'day', at: '02:30' }, 'America/New_York', '2026-02-28T07:30:00.000Z'],
  ])('of %s is due at its time on its clock', (_, timing, zone, expected) => {
    expect(nextDue(timing, zone, new Date('2026-02-27T12:00:00Z')).toISOString()).toBe(expected);
  });

  it('whose time the clock leaves out is due all the same', () => {
    const due = nextDue({ every: 'day', at: '02:30' }, 'America/New_York', new Date('2026-03-08T05:00:00Z'));
    expect(due.toISOString().slice(0, 10)).toBe('2026-03-08');
  });
});
