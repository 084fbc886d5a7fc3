import { EMPTY_FRAMES, FRAMES_PER_SECOND, PERIOD_FRAMES } from './visits-video';

/** One opening, as the agent logged it. */
export interface Opening {
  /** From the first frame in which the agent saw the face to the relay, ms. */
  readonly openingMs: number;
  /** The number of that frame, from 1. */
  readonly firstFrame: number;
}

/**
 * From the first frame in which somebody is in range, seen or not, to the relay, ms. What the agent says begins with the
 * first frame in which it saw the face; the frames before that are added.
 */
export function fromInRange({ openingMs, firstFrame }: Opening): number {
  const inPeriod = (firstFrame - 1) % PERIOD_FRAMES;
  const unseen = Math.max(0, inPeriod - EMPTY_FRAMES);
  return openingMs + (unseen * 1000) / FRAMES_PER_SECOND;
}
