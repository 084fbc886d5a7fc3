/** What counts as having done an action, and what as cheating. Angles in degrees, times in milliseconds. */
export interface ChallengeRules {
  /** The face looks straight while yaw is at most this. Default 12. */
  readonly straightYawMaxDeg: number;
  /** How long it must look straight before each action is asked for. Default 300. */
  readonly settleMs: number;
  /** A turn is made at this yaw. Default 20: the landmarks' yaw is off by 3 on average, at most 10. */
  readonly turnYawMinDeg: number;
  /** Come closer: the eyes are so many times as far apart as before. Default 1.3. */
  readonly closerRatioMin: number;
  /** Coming so much closer when something else was asked is another action. Default 1.6. */
  readonly closerRatioForeign: number;
  /** Eyes less open than this before the prompt cannot be seen (dark glasses): no blink is taken. Default 0.1. */
  readonly eyesOpenMin: number;
  /** Eyes are shut at so much of what they were before the prompt. Default 0.7. */
  readonly eyesShutRatio: number;
  /** Eyes are open again from so much of it on. Default 0.85. */
  readonly eyesOpenRatio: number;
  /** A blink is shorter than this. Default 1,000. */
  readonly blinkMaxMs: number;
  /** Blinks to make. Default 2: people blink once every few seconds without being asked. */
  readonly blinks: number;
  /** All blinks lie within this time. Default 2,500. */
  readonly blinksWithinMs: number;
  /** Nobody answers sooner: what is done earlier was on its way before it was asked. Default 150. */
  readonly reactionMinMs: number;
  /** Time for each action, from its prompt. Default 6,000. */
  readonly stepTimeoutMs: number;
  /** Observations farther apart break the challenge: what went on between them is unknown. Default 700. */
  readonly gapMaxMs: number;
  /** A head turns no faster, in degrees a second; a splice does. Default 500. */
  readonly yawSpeedMaxDegPerS: number;
  /** Change of yaw allowed however near in time, for the landmarks' own noise. Default 15. */
  readonly yawNoiseDeg: number;
  /** Two observations' distances between the eyes differ by at most this ratio; a splice's differ more. Default 1.5. */
  readonly sizeJumpMax: number;
}

/** The rules unless a caller says otherwise. */
export const CHALLENGE_RULES: ChallengeRules = {
  straightYawMaxDeg: 12,
  settleMs: 300,
  turnYawMinDeg: 20,
  closerRatioMin: 1.3,
  closerRatioForeign: 1.6,
  eyesOpenMin: 0.1,
  eyesShutRatio: 0.7,
  eyesOpenRatio: 0.85,
  blinkMaxMs: 1_000,
  blinks: 2,
  blinksWithinMs: 2_500,
  reactionMinMs: 150,
  stepTimeoutMs: 6_000,
  gapMaxMs: 700,
  yawSpeedMaxDegPerS: 500,
  yawNoiseDeg: 15,
  sizeJumpMax: 1.5,
};
