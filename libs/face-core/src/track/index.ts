export type { DetectionReason, DetectionSchedule } from './detection-schedule';
export { FaceFollower } from './face-follower';
export type { FaceFollowerOptions } from './follower-options';
export type { FollowedDetector, FollowedRecognizer } from './followed-detector';
export type { FrameSize, Track } from './track';
export { Tracker, type TrackerOptions } from './tracker';
