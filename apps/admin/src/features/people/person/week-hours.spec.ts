import { askedSpan, mondayOf, wallClock, weekHours } from './week-hours';

describe('the week of a person', () => {
  it('begins on the Monday of a date, also where that is in another month', () => {
    expect(mondayOf('2026-11-25')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(mondayOf('2026-03-01')).toBe('2026-02-23');
    expect(mondayOf('2026-12-31', 1)).toBe('2027-01-04');
  });

  it('is asked for with a day on either side, within what the server answers', () => {
    expect(askedSpan('2026-11-23')).toEqual({
      from: '2026-11-22T00:00:00.000Z',
      until: '2026-12-01T00:00:00.000Z',
    });
  });

  it('is read by the wall clock of the site', () => {
    expect(wallClock('2026-11-22T23:30:00Z', 'Asia/Seoul')).toEqual({ date: '2026-11-23', minute: 510 });
    expect(wallClock('2026-11-23T15:00:00Z', 'Asia/Seoul')).toEqual({ date: '2026-11-24', minute: 0 });
  });

  it('has the hours of each day, cut at midnight', () => {
    const spans = [
      { from: '2026-11-22T23:00:00Z', until: '2026-11-23T10:00:00Z' },
      { from: '2026-11-24T13:00:00Z', until: '2026-11-24T21:00:00Z' },
      { from: '2026-11-28T15:00:00Z', until: '2026-12-02T15:00:00Z' },
    ];
    expect(weekHours(spans, '2026-11-23', 'Asia/Seoul')).toEqual([
      [{ from: 480, to: 1140 }],
      [{ from: 1320, to: 1440 }],
      [{ from: 0, to: 360 }],
      [],
      [],
      [],
      [{ from: 0, to: 1440 }],
    ]);
  });

  it('has no empty hours where a span ends at midnight', () => {
    const spans = [{ from: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z' }];
    expect(weekHours(spans, '2026-11-23', 'UTC').slice(0, 2)).toEqual([[{ from: 0, to: 1440 }], []]);
  });
});
