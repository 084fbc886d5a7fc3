import { clockOffsetMs } from './clock-offset';

describe('clockOffsetMs', () => {
  it('takes the way there and back as equally long', () => {
    expect(clockOffsetMs({ sentAtMs: 1000, answeredAtMs: 1200, serverTimeMs: 6100 })).toBe(5000);
    expect(clockOffsetMs({ sentAtMs: 1000, answeredAtMs: 1000, serverTimeMs: 990 })).toBe(-10);
  });
});
