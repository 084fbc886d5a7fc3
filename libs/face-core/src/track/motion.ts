import type { Box } from '../detect/face';

/** A face's speed, in pixels of the frame per millisecond. */
export interface Motion {
  readonly xPerMs: number;
  readonly yPerMs: number;
}

/** Beyond this a face's speed says nothing about where it is: people stop and turn. */
const FORESEEN_MS = 250;

/** Where a box should be after `elapsedMs` if it keeps its speed, at most a quarter of a second ahead. */
export function predict(motion: Motion, box: Box, elapsedMs: number): Box {
  const aheadMs = Math.min(elapsedMs, FORESEEN_MS);
  return { ...box, x: box.x + motion.xPerMs * aheadMs, y: box.y + motion.yPerMs * aheadMs };
}
