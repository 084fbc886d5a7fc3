import type { Challenge, ChallengeAction } from './challenge';
import { advanceChallenge, expireChallenge, startChallenge, type ChallengeState } from './challenge-state';
import type { ChallengeObservation } from './challenge-step';

const challengeOf = (...actions: ChallengeAction[]): Challenge => ({
  nonce: 'n',
  actions,
  issuedAtMs: 0,
  deadlineMs: 15_000,
});

type Part = Partial<ChallengeObservation>;
const straight: Part = {};
const left: Part = { yawDeg: 25 };
const right: Part = { yawDeg: -25 };
const closer: Part = { interEyeDistancePx: 80 };
const shut: Part = { eyesOpen: 0.1 };
const times = (count: number, part: Part): Part[] => Array.from({ length: count }, () => part);
const blink = [...times(2, shut), ...times(2, straight)];

/** Observations every 100 ms from 100 ms on, each straight and open-eyed but for what its part says. */
function run(challenge: Challenge, parts: readonly Part[]): ChallengeState {
  return parts.reduce<ChallengeState>(
    (state, part, index) =>
      advanceChallenge(state, {
        nonce: 'n',
        trackId: 't',
        atMs: 100 + index * 100,
        yawDeg: 0,
        interEyeDistancePx: 60,
        eyesOpen: 0.9,
        ...part,
      }),
    startChallenge(challenge),
  );
}

/** Straight for 300 ms, by when the first prompt is given, and the time that nobody answers within. */
const ready = times(6, straight);

describe('advanceChallenge', () => {
  it('asks for the first action only when the face has looked straight for a while', () => {
    const turn = challengeOf('turn-left');
    expect(run(turn, times(3, straight)).prompt).toBeUndefined();
    expect(run(turn, times(4, straight)).prompt).toBe('turn-left');
    expect(run(turn, [...times(3, straight), left, ...times(3, straight)]).prompt).toBeUndefined();
  });

  it.each<[string, ChallengeAction, Part[]]>([
    ['a turn to the left', 'turn-left', times(2, left)],
    ['a turn to the right', 'turn-right', times(2, right)],
    ['coming closer', 'come-closer', times(2, closer)],
    ['two blinks', 'blink', [...blink, ...blink]],
    ['a blink on the way to a turn', 'turn-left', [...blink, ...times(2, left)]],
    [
      'a slow turn with pauses',
      'turn-left',
      [{ yawDeg: 15 }, ...times(9, { yawDeg: 18 }), ...times(2, left)],
    ],
  ])('takes %s', (_, action, parts) => {
    const state = run(challengeOf(action), [...ready, ...parts]);
    expect(state).toMatchObject({ status: 'passed', completed: [{ action, promptedAtMs: 400 }] });
    expect(state.prompt).toBeUndefined();
  });

  it.each<[string, ChallengeAction, Part[]]>([
    ['one frame of a turn', 'turn-left', [left, straight]],
    ['frames of a turn that do not follow one another', 'turn-left', [left, straight, left, straight]],
    ['half a turn', 'turn-left', times(5, { yawDeg: 18 })],
    ['a step nearer', 'come-closer', times(5, { interEyeDistancePx: 75 })],
    ['one blink', 'blink', blink],
    ['two blinks far apart', 'blink', [...blink, ...times(25, straight), ...blink]],
    ['eyes shut for long', 'blink', [...times(11, shut), straight, ...times(11, shut), straight]],
    ['eyes that only narrow', 'blink', [{ eyesOpen: 0.65 }, straight, { eyesOpen: 0.65 }, straight]],
  ])('does not take %s', (_, action, parts) => {
    expect(run(challengeOf(action), [...ready, ...parts])).toMatchObject({
      status: 'running',
      completed: [],
    });
  });

  it('does not count a blink that began before anybody could have answered', () => {
    const parts = [...times(4, straight), shut, straight, ...times(2, straight), ...blink];
    expect(run(challengeOf('blink'), parts).status).toBe('running');
    expect(run(challengeOf('blink'), [...parts, ...blink]).status).toBe('passed');
  });

  it.each<[string, string, Challenge, Part[]]>([
    ['the other turn', 'wrong-action', challengeOf('turn-left'), [...ready, right]],
    ['a turn for coming closer', 'wrong-action', challengeOf('come-closer'), [...ready, left]],
    ['a turn for a blink', 'wrong-action', challengeOf('blink'), [...ready, left]],
    [
      'coming closer for a turn',
      'wrong-action',
      challengeOf('turn-left'),
      [...ready, closer, { interEyeDistancePx: 100 }],
    ],
    [
      'another action before the next prompt',
      'wrong-action',
      challengeOf('turn-left', 'blink'),
      [...ready, ...times(2, left), straight, right],
    ],
    ['a turn that was on its way', 'too-early', challengeOf('turn-left'), [...times(4, straight), left]],
    ['another face', 'other-track', challengeOf('turn-left'), [...ready, { trackId: 'u' }]],
    ['another nonce', 'other-challenge', challengeOf('turn-left'), [...ready, { nonce: 'm' }]],
    ['a frame from before', 'stale', { ...challengeOf('turn-left'), issuedAtMs: 150 }, [straight]],
    ['a head that jumps', 'splice', challengeOf('turn-left'), [...ready, { yawDeg: 70 }]],
    ['a size that jumps', 'splice', challengeOf('come-closer'), [...ready, { interEyeDistancePx: 95 }]],
    ['a face that was away', 'face-lost', challengeOf('turn-left'), [...ready, { atMs: 1_400 }]],
    ['an action too late', 'deadline', challengeOf('turn-left'), times(66, straight)],
    ['an end too late', 'deadline', { ...challengeOf('turn-left'), deadlineMs: 500 }, ready],
  ])('fails at %s', (_, failure, challenge, parts) => {
    const state = run(challenge, parts);
    expect(state).toMatchObject({ status: 'failed', failure });
    expect(state.prompt).toBeUndefined();
  });

  it('asks for the next action after the face has come back', () => {
    const two = challengeOf('turn-left', 'turn-right');
    const first = [...ready, ...times(2, left)];
    expect(run(two, first)).toMatchObject({ status: 'running', completed: [{ action: 'turn-left' }] });
    expect(run(two, [...first, ...times(5, left)]).prompt).toBeUndefined();
    const back = [...first, ...times(4, straight)];
    expect(run(two, back).prompt).toBe('turn-right');
    expect(run(two, [...back, ...times(2, straight), ...times(2, right)]).status).toBe('passed');
  });

  it('measures coming closer from where the person stood when asked', () => {
    const far = times(6, { interEyeDistancePx: 40 });
    const nearer = times(2, { interEyeDistancePx: 54 });
    expect(run(challengeOf('come-closer'), [...far, ...nearer])).toMatchObject({
      status: 'passed',
      completed: [{ extent: 1.35 }],
    });
  });

  it('judges a blink against how open the same person keeps the eyes', () => {
    const narrow = { eyesOpen: 0.3 };
    const shutNarrow = [...times(2, { eyesOpen: 0.18 }), ...times(2, narrow)];
    const state = run(challengeOf('blink'), [...times(6, narrow), ...shutNarrow, ...shutNarrow]);
    expect(state).toMatchObject({ status: 'passed', completed: [{ action: 'blink', extent: 2 }] });
  });

  it('takes no blink from eyes that cannot be seen', () => {
    const hidden = { eyesOpen: 0.05 };
    const flicker = [{ eyesOpen: 0 }, hidden, { eyesOpen: 0 }, hidden];
    const state = run(challengeOf('blink'), [...times(6, hidden), ...flicker, ...flicker]);
    expect(state).toMatchObject({ status: 'running', completed: [] });
  });

  it('ignores an observation that is no newer than the last', () => {
    const state = run(challengeOf('turn-left'), ready);
    const old = { ...state.last, atMs: 600, yawDeg: -40 } as ChallengeObservation;
    expect(advanceChallenge(state, old)).toBe(state);
  });

  it('stays passed, and stays failed', () => {
    const passed = run(challengeOf('turn-left'), [...ready, ...times(2, left)]);
    const failed = run(challengeOf('turn-left'), [...ready, right]);
    for (const state of [passed, failed]) {
      expect(advanceChallenge(state, { ...state.last, atMs: 5_000 } as ChallengeObservation)).toBe(state);
      expect(expireChallenge(state, 60_000)).toBe(state);
    }
  });

  it.each([
    { yawDeg: Number.NaN },
    { atMs: Number.POSITIVE_INFINITY },
    { interEyeDistancePx: 0 },
    { eyesOpen: Number.NaN },
  ])('refuses %j', (part) => {
    expect(() => run(challengeOf('blink'), [part])).toThrow(
      expect.objectContaining({ code: 'challenge/invalid-observation' }),
    );
  });
});

describe('expireChallenge', () => {
  const state = run(challengeOf('turn-left'), times(2, straight));

  it('lets a challenge run while there is time', () => {
    expect(expireChallenge(state, 800)).toBe(state);
  });

  it('fails it when the face has been away, or the time is over', () => {
    expect(expireChallenge(state, 901)).toMatchObject({ status: 'failed', failure: 'face-lost' });
    expect(expireChallenge(startChallenge(challengeOf('blink')), 15_001)).toMatchObject({
      failure: 'deadline',
    });
  });
});
