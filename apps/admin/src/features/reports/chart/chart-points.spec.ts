import type { ReportChart } from '@munjigi/contracts';
import { filledPoints, scaleOf } from './chart-points';

const chart = (by: ReportChart['by'], ...ats: string[]): ReportChart => ({
  ...{ kind: 'events', title: '', by, measures: [{ key: 'granted', label: '' }] },
  points: ats.map((at) => ({ at, values: [3] })),
});
const told = (made: ReportChart) => filledPoints(made).map(({ at, values }) => `${at} ${values.join()}`);

describe('the points of a chart', () => {
  it('have the days and months between, also over the end of a month and a year', () => {
    expect(told(chart('day', '2026-02-27', '2026-03-01'))).toEqual([
      '2026-02-27 3',
      '2026-02-28 0',
      '2026-03-01 3',
    ]);
    expect(told(chart('month', '2025-11', '2026-01'))).toEqual(['2025-11 3', '2025-12 0', '2026-01 3']);
  });

  it('by hour are a whole day, and by value what came', () => {
    expect(told(chart('hour', '09'))).toHaveLength(24);
    expect(told(chart('hour', '09'))[9]).toBe('09 3');
    expect(told(chart('value', 'Unknown person', 'Expired'))).toEqual(['Unknown person 3', 'Expired 3']);
    expect(told(chart('day'))).toEqual([]);
  });
});

describe('the scale of a chart', () => {
  it.each([0, 0.5, 1, 3, 7, 12, 99, 100, 101, 4_321, 99_999])('reaches %d in few round steps', (largest) => {
    const { max, step } = scaleOf(largest);
    expect(max).toBeGreaterThanOrEqual(largest);
    expect(max / step).toBeCloseTo(Math.round(max / step));
    expect(max / step).toBeLessThanOrEqual(6);
  });
});
