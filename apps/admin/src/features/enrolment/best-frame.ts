import type { EnrolmentLook } from '@munjigi/contracts';

/** How many pictures that would be taken are compared before the best is chosen. */
export const GOOD_FRAMES = 4;

/** A picture of the camera, and what is to be seen on it. */
export interface Frame {
  readonly picture: Blob;
  readonly look: EnrolmentLook;
}

/** The best picture so far, and how many could have been taken. */
export interface Choice {
  readonly best: Frame | null;
  readonly good: number;
}

export const NO_CHOICE: Choice = { best: null, good: 0 };

/** The choice after one more picture: one that would be refused counts for nothing, and what was good stays. */
export function choose(before: Choice, frame: Frame): Choice {
  if (frame.look.refusal !== null || frame.look.quality === null) return before;
  const isBetter = before.best === null || scoreOf(frame) > scoreOf(before.best);
  return { best: isBetter ? frame : before.best, good: before.good + 1 };
}

/** 0 to 100. */
function scoreOf({ look }: Frame): number {
  return look.quality?.unifiedQualityScore ?? 0;
}
