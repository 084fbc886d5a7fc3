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
  /** A whole search at least this often. Default 400: a newcomer who moves nothing waits half of that on average. */
  readonly detectEveryMs: number;
  /** After motion a whole search at most this often while faces are followed; at once while none is. Default 200. */
  readonly motionEveryMs: number;
  /** While a face is lost a whole search at most this often. Default 100. */
  readonly searchEveryMs: number;
}

/** The schedule unless told otherwise. */
export const DETECTION_SCHEDULE: DetectionSchedule = {
  detectEveryMs: 400,
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
}

/** Whether a frame must be searched whole before looking at the followed faces, and why. Pure. */
export function reasonToDetect(state: LookState, schedule: DetectionSchedule): DetectionReason | undefined {
  const { sinceDetectionMs, followed } = state;
  if (sinceDetectionMs === Number.POSITIVE_INFINITY) return 'first';
  if (sinceDetectionMs >= schedule.detectEveryMs) return 'interval';
  const waitMs = followed > 0 ? schedule.motionEveryMs : 0;
  return sinceDetectionMs >= waitMs && state.moved() ? 'motion' : undefined;
}
