/** Why a frame was searched whole. */
export type DetectionReason =
  /** The first frame, or the first of another scene. */
  | 'first'
  /** The last search is too long ago. */
  | 'interval'
  /** Something moved where no followed face is. */
  | 'motion'
  /** A followed face was not found where it was expected. */
  | 'lost';

/** How often a frame is searched whole, in milliseconds of the frames' own clock. */
export interface DetectionSchedule {
  /** While nobody is followed a whole search at least this often. Default 400. */
  readonly detectEveryMs: number;
  /**
   * While faces are followed a whole search at least this often. Default 1000: a newcomer who changes nothing of the scene
   * waits half of that on average.
   */
  readonly stillEveryMs: number;
  /** While anything stirs beside followed faces a whole search at most this often. Default 300. */
  readonly stirEveryMs: number;
  /** After motion a whole search at most this often while faces are followed; at once while none is. Default 200. */
  readonly motionEveryMs: number;
  /** While a face is lost a whole search at most this often. Default 100. */
  readonly searchEveryMs: number;
}

/** The schedule unless told otherwise. */
export const DETECTION_SCHEDULE: DetectionSchedule = {
  detectEveryMs: 400,
  stillEveryMs: 1000,
  stirEveryMs: 300,
  motionEveryMs: 200,
  searchEveryMs: 100,
};

/** What a look knows before it decides. */
export interface LookState {
  /** Since the last whole search; infinite when there was none in this scene. */
  readonly sinceDetectionMs: number;
  /** Faces followed, found or being waited for. */
  readonly followed: number;
  /** Whether something moved outside them since the last whole search. Asked only when it matters. */
  readonly moved: () => boolean;
  /** Whether anything at all changed beside them since then, over their shoulders too. Asked only when it matters. */
  readonly stirred: () => boolean;
}

/** Whether a frame must be searched whole before looking at the followed faces, and why. Pure. */
export function reasonToDetect(state: LookState, schedule: DetectionSchedule): DetectionReason | undefined {
  const { sinceDetectionMs, followed } = state;
  if (sinceDetectionMs === Number.POSITIVE_INFINITY) return 'first';
  const { detectEveryMs, stillEveryMs, stirEveryMs, motionEveryMs } = schedule;
  if (followed === 0) {
    if (sinceDetectionMs >= detectEveryMs) return 'interval';
    return state.moved() ? 'motion' : undefined;
  }
  if (sinceDetectionMs >= stillEveryMs) return 'interval';
  if (sinceDetectionMs >= motionEveryMs && state.moved()) return 'motion';
  return sinceDetectionMs >= stirEveryMs && state.stirred() ? 'motion' : undefined;
}
