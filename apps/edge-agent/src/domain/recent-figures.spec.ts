import { RecentFigures } from './recent-figures';

describe('RecentFigures', () => {
  it('give quantiles of the latest, and none of nothing', () => {
    const figures = new RecentFigures(100);
    expect(figures.quantile(0.5)).toBeNull();
    for (let figure = 200; figure >= 1; figure -= 1) figures.add(figure);
    expect(figures.count).toBe(100);
    expect([0, 0.5, 0.95, 1].map((share) => figures.quantile(share))).toEqual([1, 50, 95, 100]);
  });
});
