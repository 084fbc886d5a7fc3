import { RateMeter } from './rate-meter';

describe('RateMeter', () => {
  it('measures the rate of the last seconds', () => {
    const meter = new RateMeter(1000);
    expect(meter.perSecond(0)).toBe(0);
    for (let atMs = 0; atMs <= 2000; atMs += 100) meter.count(atMs);
    expect(meter.perSecond(2000)).toBe(10);
  });

  it('is 0 once nothing happens any more', () => {
    const meter = new RateMeter(1000);
    meter.count(0);
    meter.count(100);
    expect(meter.perSecond(5000)).toBe(0);
  });
});
