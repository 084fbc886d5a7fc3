import { againstUsual, EMPTY_DAY, median, type DayCounts } from './day-counts';

const dayWith = (entries: Record<number, number>): DayCounts => ({
  ...EMPTY_DAY,
  entries: EMPTY_DAY.entries.map((_, hour) => entries[hour] ?? 0),
});

describe('today against the usual', () => {
  it('compares up to the same time of day, evenly within an hour', () => {
    const before = [dayWith({ 8: 10, 9: 20 }), dayWith({ 8: 10, 9: 40, 18: 99 }), dayWith({ 8: 12, 9: 30 })];
    const { entries, denied, daysCompared } = againstUsual([{ today: dayWith({ 8: 7 }), before, hour: 9.5 }]);
    expect(entries).toEqual({ count: 7, usual: 27 });
    expect(denied).toEqual({ count: 0, usual: 0 });
    expect(daysCompared).toBe(3);
  });

  it('leaves days out on which nothing happened, and says nothing of none', () => {
    const { entries, hours } = againstUsual([
      { today: dayWith({ 8: 7 }), before: [EMPTY_DAY, EMPTY_DAY], hour: 12 },
    ]);
    expect(entries).toEqual({ count: 7, usual: null });
    expect(hours[8]).toEqual({ entries: 7, denied: 0, usualEntries: null });
    const quiet = { today: EMPTY_DAY, before: [EMPTY_DAY, dayWith({ 1: 4 })], hour: 12 };
    expect(againstUsual([quiet]).entries.usual).toBe(4);
    expect(againstUsual([]).entries).toEqual({ count: 0, usual: null });
  });

  it('compares each site up to its own time of day, and a week as one day of all of them', () => {
    const seoul = { today: dayWith({ 8: 7 }), before: [dayWith({ 8: 10, 20: 50 }), EMPTY_DAY], hour: 21 };
    const paris = {
      today: dayWith({ 9: 1 }),
      before: [dayWith({ 8: 4, 20: 60 }), dayWith({ 13: 6 })],
      hour: 13.5,
    };
    const { entries, daysCompared, hours } = againstUsual([seoul, paris]);
    expect(daysCompared).toBe(2);
    expect(entries).toEqual({ count: 8, usual: (10 + 50 + 4 + 3) / 2 });
    expect(hours[20]).toEqual({ entries: 0, denied: 0, usualEntries: 55 });
  });

  it.each([
    [[], null],
    [[3], 3],
    [[9, 1, 2], 2],
    [[10, 1, 2, 3], 2.5],
  ])('has of %j the middle %p', (values, middle) => expect(median(values)).toBe(middle));
});
