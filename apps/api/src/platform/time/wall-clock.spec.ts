import { dayNumber, WallClock } from './wall-clock';

const at = (text: string) => new Date(text);

describe('WallClock', () => {
  it.each([
    ['Asia/Seoul', '2026-10-01T09:30:00Z', '2026-10-01T18:30:00.000+09:00'],
    ['America/New_York', '2026-03-08T06:59:59Z', '2026-03-08T01:59:59.000-05:00'],
    ['America/New_York', '2026-03-08T07:00:00Z', '2026-03-08T03:00:00.000-04:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00.123Z', '2026-01-01T05:45:00.123+05:45'],
    ['Europe/London', '1970-01-01T00:00:00Z', '1970-01-01T01:00:00.000+01:00'],
    ['No/Such', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000+00:00'],
  ])('of %s shows %s as %s', (zone, instant, shown) => {
    const clock = new WallClock(zone);
    expect(clock.iso(at(instant))).toBe(shown);
    expect(clock.local(at(instant))).toBe(shown.slice(0, 19).replace('T', ' '));
    expect(at(clock.iso(at(instant)))).toEqual(at(instant));
  });

  it.each([
    ['Asia/Seoul', '2026-10-01', '2026-09-30T15:00:00.000Z'],
    // 23 and 25 hours.
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z'],
    ['America/New_York', '2026-03-09', '2026-03-09T04:00:00.000Z'],
    ['America/New_York', '2026-11-02', '2026-11-02T05:00:00.000Z'],
    // The day begins at one o'clock.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
  ])('of %s begins %s at %s', (zone, day, instant) => {
    const clock = new WallClock(zone);
    expect(clock.startOf(dayNumber(day)).toISOString()).toBe(instant);
    expect(clock.day(at(instant))).toBe(dayNumber(day));
    expect(clock.day(new Date(at(instant).getTime() - 1))).toBe(dayNumber(day) - 1);
  });
});
