import { FaceCoreError } from '../errors';
import { issueChallenge, type Challenge, type ChallengeOptions } from './challenge';
import { CHALLENGE_RULES, type ChallengeRules } from './challenge-rules';
import { advanceChallenge, expireChallenge, startChallenge, type ChallengeState } from './challenge-state';
import type { ChallengeObservation } from './challenge-step';

/** A challenge that was passed, once. */
export interface RedeemedChallenge {
  readonly nonce: string;
  /** The face that passed it. */
  readonly trackId: string;
  readonly passedAtMs: number;
}

/**
 * Issues challenges, follows them, and lets each passed one count exactly once, for the face that passed it.
 *
 * Everything is in memory: challenges of a process that ended are gone with it and count for nothing. One instance for
 * one door; no clock, no timers.
 */
export class ChallengeDesk {
  readonly #states = new Map<string, ChallengeState>();

  constructor(private readonly rules: ChallengeRules = CHALLENGE_RULES) {}

  /** Issues a challenge, and forgets those whose deadline is past. @throws {FaceCoreError} `challenge/invalid-options` */
  issue(options: ChallengeOptions): Challenge {
    for (const [nonce, { challenge }] of this.#states) {
      if (options.atMs > challenge.deadlineMs) this.#states.delete(nonce);
    }
    const challenge = issueChallenge(options);
    this.#states.set(challenge.nonce, startChallenge(challenge));
    return challenge;
  }

  /**
   * Takes an observation of the challenge that it names.
   *
   * @throws {FaceCoreError} `challenge/unknown` when that was never issued here, is past or was redeemed;
   *   `challenge/invalid-observation`
   */
  observe(seen: ChallengeObservation): ChallengeState {
    return this.#keep(advanceChallenge(this.#stateOf(seen.nonce), seen, this.rules));
  }

  /** Tells a challenge the time when no face is seen. @throws {FaceCoreError} `challenge/unknown` */
  tick(nonce: string, atMs: number): ChallengeState {
    return this.#keep(expireChallenge(this.#stateOf(nonce), atMs, this.rules));
  }

  /**
   * Uses up a passed challenge.
   *
   * @returns undefined, and leaves the challenge as it is, while it is not passed or when another face passed it
   * @throws {FaceCoreError} `challenge/unknown`, also at the second time
   */
  redeem(nonce: string, trackId: string, atMs: number): RedeemedChallenge | undefined {
    const { challenge, status, last } = this.#stateOf(nonce);
    if (status !== 'passed' || last?.trackId !== trackId || atMs > challenge.deadlineMs) return undefined;
    this.#states.delete(nonce);
    return { nonce, trackId, passedAtMs: last.atMs };
  }

  #stateOf(nonce: string): ChallengeState {
    const state = this.#states.get(nonce);
    if (!state) throw new FaceCoreError('challenge/unknown', 'This challenge was never issued, or is over.');
    return state;
  }

  #keep(state: ChallengeState): ChallengeState {
    this.#states.set(state.challenge.nonce, state);
    return state;
  }
}
