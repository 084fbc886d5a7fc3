import { nextOccurrence } from './occurrences';
import { retryDelayMs } from './retry-delay';

describe('nextOccurrence', () => {
  it.each([
    ['0 7 * * 1', 'Asia/Seoul', '2026-10-01T00:00:00Z', '2026-10-04T22:00:00.000Z'],
    ['*/15 * * * *', 'UTC', '2026-10-01T09:30:00Z', '2026-10-01T09:45:00.000Z'],
    // The hour that a summer time leaves out: once, when the clock has jumped.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T01:30:00.000Z'],
    // The hour that comes twice: once.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00.000Z'],
  ])('of %s in %s after %s is %s', (cron, timeZone, from, next) => {
    expect(nextOccurrence({ cron, timeZone }, new Date(from)).toISOString()).toBe(next);
  });

  it('of an interval is that much later', () => {
    const from = new Date('2026-10-01T00:00:00Z');
    expect(nextOccurrence({ everyMs: 90_000 }, from).toISOString()).toBe('2026-10-01T00:01:30.000Z');
  });

  it.each([
    ['no cron at all', 'UTC'],
    ['0 7 * * *', 'Mars/Olympus'],
    ['0 0 31 2 *', 'UTC'],
  ])('refuses %s in %s', (cron, timeZone) => {
    expect(() => nextOccurrence({ cron, timeZone }, new Date('2026-10-01T00:00:00Z'))).toThrow();
  });
});

describe('retryDelayMs', () => {
  it('doubles its ceiling up to five minutes', () => {
    const ceilings = [1, 2, 3, 9, 10, 1000].map((attempt) => retryDelayMs(attempt, () => 1 - Number.EPSILON));
    expect(ceilings).toEqual([999, 1_999, 3_999, 255_999, 299_999, 299_999]);
  });

  it('may be nothing', () => {
    expect(retryDelayMs(5, () => 0)).toBe(0);
  });
});
