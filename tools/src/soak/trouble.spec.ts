import { planTrouble, TROUBLE_KINDS } from './trouble';

const MINUTE_MS = 60_000;

describe('the trouble of a soak', () => {
  it('is the same for the same seed, and other for another', () => {
    expect(planTrouble(7, 5 * MINUTE_MS)).toEqual(planTrouble(7, 5 * MINUTE_MS));
    expect(planTrouble(8, 5 * MINUTE_MS)).not.toEqual(planTrouble(7, 5 * MINUTE_MS));
  });

  it.each([1, 20])('has each kind, in order and within %i minutes', (minutes) => {
    const plan = planTrouble(3, minutes * MINUTE_MS);
    expect(new Set(plan.map(({ kind }) => kind))).toEqual(new Set(TROUBLE_KINDS));
    expect(plan.map(({ atMs }) => atMs)).toEqual(plan.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(plan.every(({ atMs, forMs }) => atMs + forMs <= minutes * MINUTE_MS)).toBe(true);
  });

  it('kills an agent every minute, and steps clocks both ways', () => {
    const plan = planTrouble(3, 20 * MINUTE_MS);
    const kills = plan.filter(({ kind }) => kind === 'agent-killed');
    expect(kills.map(({ atMs }) => Math.floor(atMs / MINUTE_MS))).toEqual(
      Array.from({ length: 20 }, (_, at) => at),
    );
    expect(new Set(kills.map(({ door }) => door))).toEqual(new Set([0]));
    const steps = plan.filter(({ kind }) => kind === 'clock-stepped').map(({ byMs }) => byMs);
    expect(steps.slice(0, 3)).toEqual([3_600_000, -3_600_000, 0]);
  });
});
