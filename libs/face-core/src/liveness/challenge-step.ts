import type { ChallengeAction } from './challenge';
import type { ChallengeRules } from './challenge-rules';

/** What a camera saw of the person who is challenged, in one frame. */
export interface ChallengeObservation {
  /** Of the challenge that was being shown when the frame was captured. */
  readonly nonce: string;
  /** The tracker's id of the face. */
  readonly trackId: string;
  /** When the frame was captured, on the clock that the challenge was issued by. */
  readonly atMs: number;
  /** As `headPose` gives it: positive towards the person's own left. */
  readonly yawDeg: number;
  /** As `interEyeDistancePx` gives it: corrected for yaw. */
  readonly interEyeDistancePx: number;
  /** 0 (shut) to 1, best by `ExpressionModel`; how open is open is learned from the person. */
  readonly eyesOpen: number;
}

/** An action that was asked for and is not done yet. */
export interface ActiveStep {
  readonly action: ChallengeAction;
  readonly promptedAtMs: number;
  /** Distance between the eyes before the prompt. */
  readonly straightPx: number;
  /** How open the eyes were at the most before the prompt. */
  readonly straightEyesOpen: number;
  /** When the face first went far enough without pause. */
  readonly reachedAtMs?: number;
  /** When the eyes shut, if they are. */
  readonly shutAtMs?: number;
  /** When each blink began, oldest first. */
  readonly blinksAtMs: readonly number[];
}

/** What one more observation makes of a step. */
export type StepVerdict =
  | { readonly kind: 'going'; readonly step: ActiveStep }
  | { readonly kind: 'done'; readonly startedAtMs: number; readonly extent: number }
  | { readonly kind: 'failed'; readonly failure: 'wrong-action' | 'too-early' };

/** Which turn a yaw is, if any. */
export function turnOf(yawDeg: number, rules: ChallengeRules): ChallengeAction | undefined {
  if (yawDeg >= rules.turnYawMinDeg) return 'turn-left';
  if (yawDeg <= -rules.turnYawMinDeg) return 'turn-right';
  return undefined;
}

/** Judges one observation of a step that was asked for. */
export function judgeStep(step: ActiveStep, seen: ChallengeObservation, rules: ChallengeRules): StepVerdict {
  const turn = turnOf(seen.yawDeg, rules);
  if (turn !== undefined && turn !== step.action) return { kind: 'failed', failure: 'wrong-action' };
  const closer = seen.interEyeDistancePx / step.straightPx;
  // Only a straight face tells its distance well; people also drift, so that a little closer is no action.
  const isStraight = Math.abs(seen.yawDeg) <= rules.straightYawMaxDeg;
  if (step.action !== 'come-closer' && isStraight && closer >= rules.closerRatioForeign) {
    return { kind: 'failed', failure: 'wrong-action' };
  }
  switch (step.action) {
    case 'turn-left':
    case 'turn-right':
      return judgeReach(step, seen, { reached: turn === step.action, extent: Math.abs(seen.yawDeg) }, rules);
    case 'come-closer':
      return judgeReach(step, seen, { reached: closer >= rules.closerRatioMin, extent: closer }, rules);
    case 'blink':
      return judgeBlinks(step, seen, rules);
  }
}

/** Twice in a row, so that one mistaken landmark is no action. */
function judgeReach(
  step: ActiveStep,
  { atMs }: ChallengeObservation,
  { reached, extent }: { reached: boolean; extent: number },
  rules: ChallengeRules,
): StepVerdict {
  if (!reached) return { kind: 'going', step: { ...step, reachedAtMs: undefined } };
  const reachedAtMs = step.reachedAtMs ?? atMs;
  if (reachedAtMs - step.promptedAtMs < rules.reactionMinMs) return { kind: 'failed', failure: 'too-early' };
  if (step.reachedAtMs === undefined) return { kind: 'going', step: { ...step, reachedAtMs } };
  return { kind: 'done', startedAtMs: reachedAtMs, extent };
}

function judgeBlinks(step: ActiveStep, seen: ChallengeObservation, rules: ChallengeRules): StepVerdict {
  const { atMs } = seen;
  if (step.straightEyesOpen < rules.eyesOpenMin) return { kind: 'going', step };
  // People's open eyes differ by half: each blink is judged against the person's own.
  const opened = seen.eyesOpen / step.straightEyesOpen;
  if (opened <= rules.eyesShutRatio) {
    return { kind: 'going', step: { ...step, shutAtMs: step.shutAtMs ?? atMs } };
  }
  if (opened < rules.eyesOpenRatio || step.shutAtMs === undefined) return { kind: 'going', step };
  const { shutAtMs } = step;
  // People blink without being asked: one before anybody could answer is neither the answer nor cheating.
  const counts = atMs - shutAtMs < rules.blinkMaxMs && shutAtMs - step.promptedAtMs >= rules.reactionMinMs;
  const blinksAtMs = [...step.blinksAtMs, ...(counts ? [shutAtMs] : [])].filter(
    (blinkAtMs) => atMs - blinkAtMs <= rules.blinksWithinMs,
  );
  const [startedAtMs] = blinksAtMs;
  if (startedAtMs !== undefined && blinksAtMs.length >= rules.blinks) {
    return { kind: 'done', startedAtMs, extent: blinksAtMs.length };
  }
  return { kind: 'going', step: { ...step, shutAtMs: undefined, blinksAtMs } };
}
