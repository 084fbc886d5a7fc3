import { at } from '../testing/rule-fixture';
import { dayOfDate } from './day';
import { TimeZone } from './time-zone';

const open = (name: string) => {
  const zone = TimeZone.open(name);
  if (!zone) throw new Error(`${name} is unknown.`);
  return zone;
};

describe('a time zone', () => {
  it.each(['Mars/Olympus', '', '+25:00', 'Asia/Seoul '])('is none by the name "%s"', (name) => {
    expect(TimeZone.open(name)).toBeNull();
  });

  it.each([
    ['Asia/Seoul', '2026-07-01T00:00:00Z', 9],
    ['Europe/Berlin', '2026-03-29T00:59:59.999Z', 1],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', 2],
    ['Europe/Berlin', '2026-10-25T00:59:59.999Z', 2],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', 1],
    ['America/New_York', '2026-03-08T06:59:59.999Z', -5],
    ['America/New_York', '2026-03-08T07:00:00Z', -4],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', 5.75],
    ['Pacific/Kiritimati', '2026-01-01T00:00:00Z', 14],
    ['America/Los_Angeles', '1970-01-01T00:00:00Z', -8],
  ])('%s at %s is %d hours from UTC', (name, instant, hoursAhead) => {
    expect(open(name).offsetMsAt(at(instant))).toBe(hoursAhead * 3_600_000);
  });

  it.each([
    ['an ordinary day', 'Asia/Seoul', '2026-10-01', '2026-09-30T15:00:00Z'],
    ['a day whose midnight is left out', 'Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['a day whose midnight comes twice', 'America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
    ['such a day east of Greenwich', 'Asia/Amman', '2021-10-29', '2021-10-28T21:00:00Z'],
    ['a day that is left out', 'Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
  ])('begins %s at its first instant', (_, name, date, instant) => {
    const zone = open(name);
    const startMs = zone.startOfDayMs(dayOfDate(date));
    expect(new Date(startMs)).toEqual(new Date(instant));
    expect(zone.dayAt(startMs - 1)).toBeLessThan(dayOfDate(date));
    expect(zone.dayAt(startMs)).toBeGreaterThanOrEqual(dayOfDate(date));
  });

  it('finds where its offset changes, and that it does not', () => {
    const zone = open('Europe/Berlin');
    const [before, after] = [at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z')];
    expect(zone.offsetChangeMs(before, after)).toBe(at('2026-03-29T01:00:00Z'));
    expect(zone.offsetChangeMs(before, at('2026-03-29T01:00:00Z'))).toBe(at('2026-03-29T01:00:00Z'));
    expect(zone.offsetChangeMs(before, at('2026-03-29T00:59:59.999Z'))).toBeNull();
  });
});
