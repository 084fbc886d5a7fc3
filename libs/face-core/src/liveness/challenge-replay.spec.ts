import fc from 'fast-check';

import { CHALLENGE_ACTIONS, type Challenge, type ChallengeAction } from './challenge';
import { advanceChallenge, startChallenge } from './challenge-state';
import { act, replay, type ActorTraits } from './testing/actor';

const orders = (count: number): fc.Arbitrary<ChallengeAction[]> =>
  fc.shuffledSubarray([...CHALLENGE_ACTIONS], { minLength: count, maxLength: count });

const traits: fc.Arbitrary<ActorTraits> = fc.record({
  framesPerSecond: fc.integer({ min: 10, max: 30 }),
  reactionMs: fc.integer({ min: 200, max: 1_200 }),
  turnDeg: fc.integer({ min: 28, max: 45 }),
  turnMs: fc.integer({ min: 250, max: 1_000 }),
  closer: fc.double({ min: 1.42, max: 2, noNaN: true }),
  blinkMs: fc.integer({ min: 120, max: 400 }),
  yawNoiseDeg: fc.double({ min: 0, max: 4, noNaN: true }),
  sizeNoise: fc.double({ min: 0, max: 0.03, noNaN: true }),
});

const noiseOf = (seed: number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
};

const challengeOf = (actions: ChallengeAction[], nonce = 'a'): Challenge => ({
  nonce,
  actions,
  issuedAtMs: 1_000,
  deadlineMs: 31_000,
});

describe('a challenge', () => {
  it('is passed by whoever does what is asked, in whatever order, at whatever pace', () => {
    fc.assert(
      fc.property(orders(3), traits, fc.integer(), (actions, person, seed) => {
        const { state } = act(challengeOf(actions), person, noiseOf(seed));
        expect(state).toMatchObject({ status: 'passed' });
        expect(state.completed.map(({ action }) => action)).toEqual(actions);
        for (const { promptedAtMs, startedAtMs, completedAtMs } of state.completed) {
          expect(startedAtMs).toBeGreaterThan(promptedAtMs);
          expect(completedAtMs).toBeGreaterThanOrEqual(startedAtMs);
        }
      }),
    );
  });

  it('is never passed by a recording that answers another order', () => {
    fc.assert(
      fc.property(orders(2), orders(2), traits, fc.integer(), (recorded, asked, person, seed) => {
        fc.pre(recorded.join() !== asked.join());
        const { state, seen } = act(challengeOf(recorded), person, noiseOf(seed));
        fc.pre(state.status === 'passed');
        expect(replay(seen, challengeOf(asked, 'b')).status).not.toBe('passed');
      }),
    );
  });

  it('is never passed by observations made for another challenge, even of the same order', () => {
    fc.assert(
      fc.property(orders(2), traits, fc.integer(), (actions, person, seed) => {
        const { seen } = act(challengeOf(actions), person, noiseOf(seed));
        const answered = seen.reduce(
          (state, observation) => advanceChallenge(state, observation),
          startChallenge(challengeOf(actions, 'b')),
        );
        expect(answered).toMatchObject({ status: 'failed', failure: 'other-challenge' });
      }),
    );
  });
});
