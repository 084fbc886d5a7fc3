import { FaceCoreError } from '../errors';
import type { Challenge, ChallengeAction } from './challenge';
import { CHALLENGE_RULES, type ChallengeRules } from './challenge-rules';
import { judgeStep, turnOf, type ActiveStep, type ChallengeObservation } from './challenge-step';

/**
 * Why a challenge failed.
 *
 * `deadline`: all of it, or one action, took too long. `wrong-action`: another action than the one asked for, as a
 * recording of another challenge makes. `too-early`: done before anybody could have answered. `other-challenge`: an
 * observation of another nonce. `stale`: one from before the challenge. `other-track`: another face. `face-lost`:
 * too long unseen. `splice`: the face jumped as no head does.
 */
export type ChallengeFailure =
  | 'deadline'
  | 'wrong-action'
  | 'too-early'
  | 'other-challenge'
  | 'stale'
  | 'other-track'
  | 'face-lost'
  | 'splice';

/** An action that was asked for and done: what an audit can show. */
export interface CompletedAction {
  readonly action: ChallengeAction;
  readonly promptedAtMs: number;
  /** When it was first seen. */
  readonly startedAtMs: number;
  readonly completedAtMs: number;
  /** How far: degrees of a turn, how many times closer, or blinks. */
  readonly extent: number;
}

/** How a challenge stands. Plain data: it may be kept, sent and compared. */
export interface ChallengeState {
  readonly challenge: Challenge;
  readonly status: 'running' | 'passed' | 'failed';
  /** Of a failed challenge. */
  readonly failure?: ChallengeFailure;
  /** The action to ask for now; absent while the person should look straight, and when all is over. */
  readonly prompt?: ChallengeAction;
  readonly completed: readonly CompletedAction[];
  /** The action under way. */
  readonly step?: ActiveStep;
  /** Since when the face has looked straight, how large it was, and how open its eyes were at the most. */
  readonly settling?: {
    readonly sinceMs: number;
    readonly sumPx: number;
    readonly count: number;
    readonly eyesOpen: number;
  };
  readonly last?: ChallengeObservation;
}

/** The state of a challenge that nobody has answered yet. */
export function startChallenge(challenge: Challenge): ChallengeState {
  return { challenge, status: 'running', completed: [] };
}

/**
 * Takes one observation and gives the state after it. Pure; a challenge that is over stays as it is.
 *
 * Before each action the face must look straight for a while, so that an action begins after its
 * prompt. The action asked for must come next, in time, from the same face without a break. An observation no newer
 * than the last is ignored.
 *
 * @throws {FaceCoreError} `challenge/invalid-observation` when a number is not finite or the distance is not positive
 */
export function advanceChallenge(
  state: ChallengeState,
  seen: ChallengeObservation,
  rules: ChallengeRules = CHALLENGE_RULES,
): ChallengeState {
  assertObservation(seen);
  if (state.status !== 'running' || seen.atMs <= (state.last?.atMs ?? Number.NEGATIVE_INFINITY)) return state;
  const failure = breachOf(state, seen, rules);
  if (failure) return failed(state, failure);
  const next = { ...state, last: seen };
  return state.step ? withStep(next, state.step, seen, rules) : settled(next, seen, rules);
}

/**
 * Fails a challenge whose time is over or whose face has been unseen for too long. For times at which no face is seen;
 * {@link advanceChallenge} does the same at each observation.
 */
export function expireChallenge(
  state: ChallengeState,
  atMs: number,
  rules: ChallengeRules = CHALLENGE_RULES,
): ChallengeState {
  if (state.status !== 'running') return state;
  const failure = timeBreachOf(state, atMs, rules);
  return failure ? failed(state, failure) : state;
}

function timeBreachOf(
  { challenge, step, last }: ChallengeState,
  atMs: number,
  rules: ChallengeRules,
): ChallengeFailure | undefined {
  if (atMs > challenge.deadlineMs) return 'deadline';
  if (step && atMs - step.promptedAtMs > rules.stepTimeoutMs) return 'deadline';
  if (last && atMs - last.atMs > rules.gapMaxMs) return 'face-lost';
  return undefined;
}

function breachOf(
  state: ChallengeState,
  seen: ChallengeObservation,
  rules: ChallengeRules,
): ChallengeFailure | undefined {
  const { challenge, last } = state;
  if (seen.nonce !== challenge.nonce) return 'other-challenge';
  if (seen.atMs < challenge.issuedAtMs) return 'stale';
  if (last && seen.trackId !== last.trackId) return 'other-track';
  const late = timeBreachOf(state, seen.atMs, rules);
  if (late || !last) return late;
  const elapsedS = (seen.atMs - last.atMs) / 1000;
  const turnMaxDeg = rules.yawNoiseDeg + rules.yawSpeedMaxDegPerS * elapsedS;
  const grown = seen.interEyeDistancePx / last.interEyeDistancePx;
  const jumped =
    Math.abs(seen.yawDeg - last.yawDeg) > turnMaxDeg || Math.max(grown, 1 / grown) > rules.sizeJumpMax;
  return jumped ? 'splice' : undefined;
}

function withStep(
  state: ChallengeState,
  step: ActiveStep,
  seen: ChallengeObservation,
  rules: ChallengeRules,
): ChallengeState {
  const verdict = judgeStep(step, seen, rules);
  switch (verdict.kind) {
    case 'going':
      return { ...state, step: verdict.step };
    case 'failed':
      return failed(state, verdict.failure);
    case 'done': {
      const { action, promptedAtMs } = step;
      const { startedAtMs, extent } = verdict;
      const done = { action, promptedAtMs, startedAtMs, completedAtMs: seen.atMs, extent };
      const completed = [...state.completed, done];
      const status = completed.length === state.challenge.actions.length ? 'passed' : 'running';
      return { ...state, status, completed, step: undefined, prompt: undefined };
    }
  }
}

/** While the face comes back to straight; once it has been so for long enough, the next action is asked for. */
function settled(state: ChallengeState, seen: ChallengeObservation, rules: ChallengeRules): ChallengeState {
  const previous = state.completed.at(-1)?.action;
  const turn = turnOf(seen.yawDeg, rules);
  if (previous !== undefined && turn !== undefined && turn !== previous) return failed(state, 'wrong-action');
  if (Math.abs(seen.yawDeg) > rules.straightYawMaxDeg) return { ...state, settling: undefined };
  const { sinceMs, sumPx, count, eyesOpen } = state.settling ?? {
    sinceMs: seen.atMs,
    sumPx: 0,
    count: 0,
    eyesOpen: 0,
  };
  const settling = {
    sinceMs,
    sumPx: sumPx + seen.interEyeDistancePx,
    count: count + 1,
    eyesOpen: Math.max(eyesOpen, seen.eyesOpen),
  };
  if (seen.atMs - sinceMs < rules.settleMs) return { ...state, settling };
  const prompt = state.challenge.actions[state.completed.length] as ChallengeAction;
  const step = {
    action: prompt,
    promptedAtMs: seen.atMs,
    straightPx: settling.sumPx / settling.count,
    straightEyesOpen: settling.eyesOpen,
    blinksAtMs: [],
  };
  return { ...state, prompt, step, settling: undefined };
}

function failed(state: ChallengeState, failure: ChallengeFailure): ChallengeState {
  return { ...state, status: 'failed', failure, step: undefined, settling: undefined, prompt: undefined };
}

function assertObservation({ atMs, yawDeg, interEyeDistancePx, eyesOpen }: ChallengeObservation): void {
  const finite = [atMs, yawDeg, interEyeDistancePx, eyesOpen].every((value) => Number.isFinite(value));
  if (finite && interEyeDistancePx > 0) return;
  throw new FaceCoreError('challenge/invalid-observation', 'An observation has finite numbers and a size.');
}
