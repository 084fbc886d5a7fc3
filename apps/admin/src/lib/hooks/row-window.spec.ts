import { windowOf } from './row-window';

const view = (topPx: number) => ({ topPx, heightPx: 900, rowPx: 48 });

describe('the window of a long list', () => {
  it.each([0, 1, 479, 480, 20_000, 2_000_000, 4_799_000])('covers what is in view at %d px', (topPx) => {
    const { first, last, abovePx, belowPx } = windowOf(view(topPx), 100_000);
    expect(first * 48).toBeLessThanOrEqual(topPx);
    expect(last === 100_000 || last * 48 >= topPx + 900).toBe(true);
    expect(last - first).toBeLessThanOrEqual(100);
    expect(abovePx + (last - first) * 48 + belowPx).toBe(100_000 * 48);
  });

  it('stays as it is while the view moves little', () => {
    expect(windowOf(view(10_000), 100_000)).toEqual(windowOf(view(10_010), 100_000));
  });

  it('of a short list is the whole list, also where the view is past its end', () => {
    expect(windowOf(view(0), 7)).toEqual({ first: 0, last: 7, abovePx: 0, belowPx: 0 });
    expect(windowOf(view(90_000), 7)).toEqual({ first: 0, last: 7, abovePx: 0, belowPx: 0 });
    expect(windowOf(view(0), 0)).toEqual({ first: 0, last: 0, abovePx: 0, belowPx: 0 });
  });
});
