import { againstUsual, EMPTY_DAY, median, type DayCounts } from './day-counts';

const dayWith = (entries: Record<number, number>): DayCounts => ({
  ...EMPTY_DAY,
  entries: EMPTY_DAY.entries.map((_, hour) => entries[hour] ?? 0),
});

describe('today against the usual', () => {
  it('compares up to the same time of day, evenly within an hour', () => {
    const before = [dayWith({ 8: 10, 9: 20 }), dayWith({ 8: 10, 9: 40, 18: 99 }), dayWith({ 8: 12, 9: 30 })];
    const { entries, denied, daysCompared } = againstUsual(dayWith({ 8: 7 }), before, 9.5);
    expect(entries).toEqual({ count: 7, usual: 27 });
    expect(denied).toEqual({ count: 0, usual: 0 });
    expect(daysCompared).toBe(3);
  });

  it('leaves days out on which nothing happened, and says nothing of none', () => {
    const { entries, hours } = againstUsual(dayWith({ 8: 7 }), [EMPTY_DAY, EMPTY_DAY], 12);
    expect(entries).toEqual({ count: 7, usual: null });
    expect(hours[8]).toEqual({ entries: 7, denied: 0, usualEntries: null });
    expect(againstUsual(EMPTY_DAY, [EMPTY_DAY, dayWith({ 1: 4 })], 12).entries.usual).toBe(4);
  });

  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 2], 2],
    [[10, 1, 2, 3], 2.5],
  ])('has of %j the middle %p', (values, middle) => expect(median(values)).toBe(middle));
});
