import { visitCovers } from './visit-times';

const seoul = { days: ['monday'], from: '09:00', to: '12:30', timeZone: 'Asia/Seoul' } as const;
const visit = { ...seoul, days: [...seoul.days] };

describe('visitCovers', () => {
  it.each([
    ['2026-10-04T23:59:59Z', false],
    ['2026-10-05T00:00:00Z', true],
    ['2026-10-05T03:29:59Z', true],
    ['2026-10-05T03:30:00Z', false],
    ['2026-10-06T01:00:00Z', false],
  ])('for a Monday from 09:00 to 12:30 in Seoul says at %s: %s', (at, expected) => {
    expect(visitCovers(visit, new Date(at))).toBe(expected);
  });

  it('follows the wall clock over the change to winter time, and reaches the end of a day', () => {
    const berlin = { days: ['sunday' as const], from: '09:00', to: '24:00', timeZone: 'Europe/Berlin' };
    expect(visitCovers(berlin, new Date('2026-10-25T07:59:00Z'))).toBe(false);
    expect(visitCovers(berlin, new Date('2026-10-25T08:00:00Z'))).toBe(true);
    expect(visitCovers(berlin, new Date('2026-10-25T22:59:00Z'))).toBe(true);
    expect(visitCovers(berlin, new Date('2026-10-25T23:00:00Z'))).toBe(false);
  });
});
