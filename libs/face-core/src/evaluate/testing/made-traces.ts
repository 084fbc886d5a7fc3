import type { TracedDecision, VideoTrace } from '../protocols/video-trace';
import type { LabelledVisit, VideoLabels } from '../readers/video-labels';

/** Frames of a trace, ten a second: `.` an empty picture, `-` a face too small, `#` one large enough. */
export function framesOf(script: string, processingMs = 10): VideoTrace['frames'] {
  return [...script].map((picture, at) => ({
    atMs: at * 100,
    isSeen: picture !== '.',
    isInRange: picture === '#',
    processingMs,
  }));
}

/** Somebody passes. */
export function passes(personId: string, atMs: number, more: Partial<TracedDecision> = {}): TracedDecision {
  return {
    ...{
      atMs,
      reason: 'matched',
      personId,
      bestPersonId: personId,
      similarity: 0.8,
      frames: 3,
      processingMs: 12,
    },
    ...more,
  };
}

/** A face is nobody's. */
export function refused(
  bestPersonId: string,
  atMs: number,
  more: Partial<TracedDecision> = {},
): TracedDecision {
  return {
    ...{
      atMs,
      reason: 'unknown-person',
      personId: null,
      bestPersonId,
      similarity: 0.3,
      frames: 9,
      processingMs: 15,
    },
    ...more,
  };
}

/** A person's time before the camera, in seconds. */
export function visitOf(
  person: string,
  startS = 0,
  endS = Infinity,
  more: Partial<LabelledVisit> = {},
): LabelledVisit {
  return { recording: 0, person, startMs: startS * 1000, endMs: endS * 1000, groups: {}, ...more };
}

/** Labels of recordings that nobody reads. */
export function labelsOf(visits: readonly LabelledVisit[], enrolled: readonly string[]): VideoLabels {
  const count = Math.max(0, ...visits.map(({ recording }) => recording)) + 1;
  return {
    recordings: Array.from({ length: count }, (_, at) => ({
      name: `recording-${at}.mp4`,
      path: `/no/${at}.mp4`,
    })),
    visits,
    images: [],
    enrolments: enrolled.map((person, image) => ({ person, image })),
  };
}
