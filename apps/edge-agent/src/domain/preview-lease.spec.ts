import { PreviewLease } from './preview-lease';

describe('PreviewLease', () => {
  it('gives no turn to nobody', () => {
    expect(new PreviewLease().takeTurn(0)).toBe(false);
  });

  it('gives at most the turns that were asked for', () => {
    const lease = new PreviewLease();
    lease.renew({ leaseMs: 10_000, framesPerSecondMax: 5 }, 0);
    const turns = Array.from({ length: 100 }, (_, index) => lease.takeTurn(index * 10)).filter(Boolean);
    expect(turns.length).toBeGreaterThanOrEqual(5);
    expect(turns.length).toBeLessThanOrEqual(6);
  });

  it('ends in time, at once, and is renewed', () => {
    const lease = new PreviewLease();
    lease.renew({ leaseMs: 1000, framesPerSecondMax: 30 }, 0);
    expect(lease.takeTurn(999)).toBe(true);
    expect(lease.takeTurn(1000 + 999)).toBe(false);
    lease.renew({ leaseMs: 1000, framesPerSecondMax: 30 }, 2000);
    expect(lease.takeTurn(2000)).toBe(true);
    lease.renew({ leaseMs: 0, framesPerSecondMax: 30 }, 2500);
    expect(lease.takeTurn(2600)).toBe(false);
    lease.renew({ leaseMs: 1000, framesPerSecondMax: 30 }, 3000);
    lease.end();
    expect(lease.takeTurn(3100)).toBe(false);
  });
});
