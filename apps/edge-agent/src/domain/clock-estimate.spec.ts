import { ClockEstimate } from './clock-estimate';

/** The server's clock is 1,000,000 ms ahead of ours; the way there and back take what is given, ms. */
const exchange = (sentAtMs: number, there: number, back: number, aheadMs = 1_000_000) => ({
  sentAtMs,
  receivedMs: sentAtMs + there + aheadMs,
  repliedMs: sentAtMs + there + 30 + aheadMs,
  answeredAtMs: sentAtMs + there + 30 + back,
});

describe('ClockEstimate', () => {
  let estimate: ClockEstimate;
  beforeEach(() => {
    estimate = new ClockEstimate();
  });

  it('knows nothing before the first exchange', () => {
    expect(estimate.at(5)).toBeNull();
  });

  it('takes the way there and back as equally long, whatever the server takes between', () => {
    estimate.add(exchange(1_000, 100, 100));
    expect(estimate.at(1_230)).toEqual({ serverMs: 1_001_230, errorMs: 100.5 });
  });

  it('goes by the best of several, and is never more wrong than it says', () => {
    const ways = [
      [400, 20],
      [5, 9],
      [900, 900],
      [0, 700],
    ] as const;
    for (const [index, [there, back]] of ways.entries()) {
      estimate.add(exchange(1_000 + index * 3_000, there, back));
      const { serverMs, errorMs } = estimate.at(13_000)!;
      expect(Math.abs(serverMs - 1_013_000)).toBeLessThanOrEqual(errorMs);
    }
    expect(estimate.at(4_044)).toEqual({ serverMs: 1_004_042, errorMs: 7.5 });
  });

  it('is the less sure the older it is, until a worse exchange is better', () => {
    estimate.add(exchange(0, 5, 5));
    expect(estimate.at(3_600_040)!.errorMs).toBeCloseTo(5.5 + 360, 3);
    estimate.add(exchange(3_600_000, 50, 50));
    expect(estimate.at(3_600_130)!.errorMs).toBeCloseTo(50.5, 3);
  });

  it('follows a server whose clock was set', () => {
    estimate.add(exchange(0, 1, 1));
    estimate.add(exchange(1_000, 200, 200, 5_000_000));
    expect(Math.abs(estimate.at(2_000)!.serverMs - 5_002_000)).toBeLessThan(1);
  });
});
