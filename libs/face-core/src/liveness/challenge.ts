import { randomBytes, randomInt } from 'node:crypto';

import { FaceCoreError } from '../errors';

/** What a person can be asked to do. Left and right are the person's own. */
export const CHALLENGE_ACTIONS = ['turn-left', 'turn-right', 'come-closer', 'blink'] as const;

/** One of {@link CHALLENGE_ACTIONS}. */
export type ChallengeAction = (typeof CHALLENGE_ACTIONS)[number];

/** Actions to be done in this order before a deadline, once. */
export interface Challenge {
  /** 128 random bits, hex. Observations carry it, so that those of another challenge do not count. */
  readonly nonce: string;
  /** No two alike. Show one at a time: an attacker who knows the order can prepare for it. */
  readonly actions: readonly ChallengeAction[];
  readonly issuedAtMs: number;
  /** After this the challenge is failed. */
  readonly deadlineMs: number;
}

/** Where a challenge's randomness comes from. */
export interface ChallengeRandom {
  /** A whole number from 0 to `below - 1`, each as likely. */
  int(below: number): number;
  /** 32 hex digits that never come again. */
  nonce(): string;
}

/** What a challenge asks. */
export interface ChallengeOptions {
  /** Now, on the clock of the observations. */
  readonly atMs: number;
  /** Actions to choose from, without repeats. Default all four. */
  readonly from?: readonly ChallengeAction[];
  /** Actions to do. Default 2. */
  readonly steps?: number;
  /** Time for all of them. Default 15,000. */
  readonly timeoutMs?: number;
  /** Default the system's cryptographic source. Anything foreseeable lets a prepared recording pass. */
  readonly random?: ChallengeRandom;
}

const SYSTEM_RANDOM: ChallengeRandom = {
  int: (below) => randomInt(below),
  nonce: () => randomBytes(16).toString('hex'),
};

/**
 * Makes a challenge whose order nobody can foresee: all orders of `steps` different actions are equally likely.
 *
 * @throws {FaceCoreError} `challenge/invalid-options` when there are fewer actions than steps, an action comes twice,
 *   or a number is out of range
 */
export function issueChallenge(options: ChallengeOptions): Challenge {
  const { atMs, from = CHALLENGE_ACTIONS, steps = 2, timeoutMs = 15_000, random = SYSTEM_RANDOM } = options;
  assertOptions({ from, steps });
  if (!Number.isFinite(atMs) || !(timeoutMs > 0 && Number.isFinite(timeoutMs))) {
    throw invalid('time and timeout must be finite, the timeout positive');
  }
  const left = [...from];
  const actions = Array.from(
    { length: steps },
    () => left.splice(random.int(left.length), 1)[0] as ChallengeAction,
  );
  return { nonce: random.nonce(), actions, issuedAtMs: atMs, deadlineMs: atMs + timeoutMs };
}

/**
 * The chance that one recording of the right length, made without knowing the challenge, has the right order: 1 of
 * n! / (n - steps)!. For two steps of four actions that is 1 of 12, for three 1 of 24.
 *
 * @throws {FaceCoreError} `challenge/invalid-options`
 */
export function challengeGuessProbability(options: Pick<ChallengeOptions, 'from' | 'steps'> = {}): number {
  const { from = CHALLENGE_ACTIONS, steps = 2 } = options;
  assertOptions({ from, steps });
  let orders = 1;
  for (let step = 0; step < steps; step += 1) orders *= from.length - step;
  return 1 / orders;
}

function assertOptions({ from, steps }: { from: readonly ChallengeAction[]; steps: number }): void {
  if (new Set(from).size !== from.length) throw invalid('an action comes twice');
  if (!Number.isInteger(steps) || steps < 1 || steps > from.length) {
    throw invalid(`${steps} steps cannot be made of ${from.length} actions`);
  }
}

function invalid(why: string): FaceCoreError {
  return new FaceCoreError('challenge/invalid-options', `No such challenge can be made: ${why}.`);
}
