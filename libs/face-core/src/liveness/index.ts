export { LivenessModel, type LivenessCard } from './liveness-model';
export type { RegionPixels } from '../region/region-graph';
export {
  fuseLiveness,
  withSample,
  type FusedLiveness,
  type FusionOptions,
  type LivenessSample,
  type LivenessWindow,
} from './liveness-fusion';
export {
  CHALLENGE_ACTIONS,
  challengeGuessProbability,
  issueChallenge,
  type Challenge,
  type ChallengeAction,
  type ChallengeOptions,
  type ChallengeRandom,
} from './challenge';
export { CHALLENGE_RULES, type ChallengeRules } from './challenge-rules';
export type { ActiveStep, ChallengeObservation } from './challenge-step';
export {
  advanceChallenge,
  expireChallenge,
  startChallenge,
  type ChallengeFailure,
  type ChallengeState,
  type CompletedAction,
} from './challenge-state';
export { ChallengeDesk, type RedeemedChallenge } from './challenge-desk';
