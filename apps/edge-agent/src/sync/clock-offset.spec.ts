import { serverAheadMs } from './clock-offset';

describe('serverAheadMs', () => {
  it('takes the way there and back as equally long', () => {
    expect(serverAheadMs({ sentAtMs: 1000, answeredAtMs: 1200, serverTimeMs: 6100 })).toBe(5000);
    expect(serverAheadMs({ sentAtMs: 1000, answeredAtMs: 1000, serverTimeMs: 990 })).toBe(-10);
  });
});
