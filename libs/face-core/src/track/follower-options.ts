import type { DetectedFace } from '../detect/face';
import { DETECTION_SCHEDULE, type DetectionSchedule } from './detection-schedule';
import type { FollowedRecognizer } from './followed-detector';
import { TRACKER_DEFAULTS, type TrackerOptions } from './tracker';

/** How a follower searches, and what it takes for one person. */
export interface FaceFollowerOptions<F extends DetectedFace = DetectedFace>
  extends TrackerOptions, Partial<DetectionSchedule> {
  /** Smaller faces are not looked for, in pixels of the frame. Default: the detector's. */
  faceSizeMinPx?: number;
  /** A whole search gives at most so many, the largest. Default: the detector's. */
  facesMax?: number;
  /** Likeness of two looks from which they show one person for certain, -1 to 1. Default 0.9. */
  likenessMin?: number;
  /** Settles what likeness leaves in doubt. Without it doubt ends the track. */
  recognizer?: FollowedRecognizer<F>;
}

/** Likeness from which no doubt is left; see `FaceFollower` for what it lets pass. */
const LIKENESS_MIN = 0.9;

/** The options that always have a value. */
export type FollowerDefaults = Required<TrackerOptions> &
  DetectionSchedule & { readonly likenessMin: number };

/** A follower's options unless told otherwise. */
export const FOLLOWER_DEFAULTS: FollowerDefaults = {
  ...TRACKER_DEFAULTS,
  ...DETECTION_SCHEDULE,
  likenessMin: LIKENESS_MIN,
};
