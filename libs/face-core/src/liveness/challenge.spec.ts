import fc from 'fast-check';

import {
  CHALLENGE_ACTIONS,
  challengeGuessProbability,
  issueChallenge,
  type ChallengeAction,
} from './challenge';

const scripted = (...picks: number[]) => ({
  int: (below: number) => Math.min(picks.shift() ?? 0, below - 1),
  nonce: () => 'n',
});

describe('issueChallenge', () => {
  it('picks actions by the random source, without repeats', () => {
    const challenge = issueChallenge({ atMs: 5, steps: 3, timeoutMs: 100, random: scripted(3, 0, 1) });
    expect(challenge).toEqual({
      nonce: 'n',
      actions: ['blink', 'turn-left', 'come-closer'],
      issuedAtMs: 5,
      deadlineMs: 105,
    });
  });

  it('gives every order alike and no nonce twice', () => {
    const rounds = 6_000;
    const counts = new Map<string, number>();
    const nonces = new Set<string>();
    for (let round = 0; round < rounds; round += 1) {
      const { actions, nonce } = issueChallenge({ atMs: 0 });
      counts.set(actions.join(), (counts.get(actions.join()) ?? 0) + 1);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(rounds);
    expect([...nonces][0]).toMatch(/^[0-9a-f]{32}$/);
    expect(counts.size).toBe(12);
    // 500 expected of each, standard deviation 21: seven of them either way.
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(150);
  });

  it('never asks the same twice, whatever it may choose from', () => {
    const subset = fc.shuffledSubarray([...CHALLENGE_ACTIONS], { minLength: 1 });
    fc.assert(
      fc.property(subset, fc.nat(), (from: ChallengeAction[], n) => {
        const steps = 1 + (n % from.length);
        const { actions } = issueChallenge({ atMs: 0, from, steps });
        expect(new Set(actions).size).toBe(steps);
        expect(from).toEqual(expect.arrayContaining(actions));
      }),
    );
  });

  it.each([
    ['more steps than actions', { atMs: 0, steps: 5 }],
    ['no step', { atMs: 0, steps: 0 }],
    ['half a step', { atMs: 0, steps: 1.5 }],
    ['an action twice', { atMs: 0, from: ['blink', 'blink'] as const, steps: 1 }],
    ['no time', { atMs: 0, timeoutMs: 0 }],
    ['no now', { atMs: Number.NaN }],
  ])('refuses %s', (_, options) => {
    expect(() => issueChallenge(options)).toThrow(
      expect.objectContaining({ code: 'challenge/invalid-options' }),
    );
  });
});

describe('challengeGuessProbability', () => {
  it.each([
    [1, 1 / 4],
    [2, 1 / 12],
    [3, 1 / 24],
    [4, 1 / 24],
  ])('for %d steps of four actions', (steps, expected) => {
    expect(challengeGuessProbability({ steps })).toBeCloseTo(expected, 12);
  });
});
