import fc from 'fast-check';
import { Backoff } from './backoff';

describe('Backoff', () => {
  it('doubles the ceiling with every failure up to the cap', () => {
    const backoff = new Backoff({ baseMs: 100, capMs: 1000, random: () => 0.999999 });
    const delays = Array.from({ length: 7 }, () => backoff.nextDelayMs());
    expect(delays).toEqual([99, 199, 399, 799, 999, 999, 999]);
  });

  it('starts from the base again after a success', () => {
    const backoff = new Backoff({ baseMs: 100, capMs: 1000, random: () => 0.5 });
    backoff.nextDelayMs();
    backoff.nextDelayMs();
    backoff.reset();
    expect(backoff.failures).toBe(0);
    expect(backoff.nextDelayMs()).toBe(50);
  });

  it('stays between 0 and the cap however often it fails', () => {
    const jitter = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.array(jitter, { minLength: 1, maxLength: 200 }), (jitters) => {
        const left = [...jitters];
        const backoff = new Backoff({ baseMs: 500, capMs: 15_000, random: () => left.shift() ?? 0 });
        return jitters.every(() => {
          const delayMs = backoff.nextDelayMs();
          return Number.isInteger(delayMs) && delayMs >= 0 && delayMs < 15_000;
        });
      }),
    );
  });
});
