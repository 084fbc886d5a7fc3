import { ChallengeDesk } from './challenge-desk';
import type { ChallengeObservation } from './challenge-step';

const random = { int: () => 0, nonce: () => 'n' };
const unknown = expect.objectContaining({ code: 'challenge/unknown' }) as Error;

function passed(): ChallengeDesk {
  const desk = new ChallengeDesk();
  desk.issue({ atMs: 0, steps: 1, random });
  for (let atMs = 100; atMs <= 900; atMs += 100) desk.observe(seen(atMs, atMs < 700 ? 0 : 25));
  return desk;
}

function seen(atMs: number, yawDeg: number): ChallengeObservation {
  return { nonce: 'n', trackId: 't', atMs, yawDeg, interEyeDistancePx: 60, eyesOpen: 1 };
}

describe('ChallengeDesk', () => {
  it('lets a passed challenge count once, for the face that passed it', () => {
    const desk = passed();
    expect(desk.redeem('n', 'another', 1_000)).toBeUndefined();
    expect(desk.redeem('n', 't', 1_000)).toEqual({ nonce: 'n', trackId: 't', passedAtMs: 800 });
    expect(() => desk.redeem('n', 't', 1_000)).toThrow(unknown);
  });

  it('refuses to go on with a challenge that was redeemed', () => {
    const desk = passed();
    desk.redeem('n', 't', 1_000);
    expect(() => desk.observe(seen(1_000, 0))).toThrow(unknown);
  });

  it('lets none count that is not passed, or whose time is over', () => {
    const desk = new ChallengeDesk();
    desk.issue({ atMs: 0, steps: 1, random });
    desk.observe(seen(100, 0));
    expect(desk.redeem('n', 't', 200)).toBeUndefined();
    expect(passed().redeem('n', 't', 15_001)).toBeUndefined();
  });

  it('knows no challenge that it did not issue', () => {
    const desk = new ChallengeDesk();
    expect(() => desk.observe(seen(1, 0))).toThrow(unknown);
    expect(() => desk.tick('n', 1)).toThrow(unknown);
    expect(() => desk.redeem('n', 't', 1)).toThrow(unknown);
  });

  it('fails a challenge whose face has gone, and forgets past ones when it issues the next', () => {
    const desk = new ChallengeDesk();
    desk.issue({ atMs: 0, steps: 1, random });
    desk.observe(seen(100, 0));
    expect(desk.tick('n', 1_000)).toMatchObject({ status: 'failed', failure: 'face-lost' });
    desk.issue({ atMs: 15_001, random: { ...random, nonce: () => 'm' } });
    expect(() => desk.tick('n', 15_001)).toThrow(unknown);
    expect(desk.tick('m', 15_002).status).toBe('running');
  });
});
