import type { EnrolmentSettings, FaceQualityReport, QualityReason } from '@munjigi/contracts';
import { qualityAdvice, type FaceQuality, type QualityAdvice } from '@munjigi/face-core';

type Component = QualityReason['component'];

/** What each advice is about, in the words of ISO/IEC 29794-5, and what to do. */
const ADVICE: Readonly<Record<QualityAdvice, readonly [Component, string]>> = {
  'come-into-view': ['faceInPicture', 'Show the whole face.'],
  'step-back': ['headSize', 'Use a picture from further away.'],
  'come-closer': ['interEyeDistance', 'Use a larger picture, or one from nearer.'],
  'too-dark': ['luminanceMean', 'Put more light on the face.'],
  'too-bright': ['luminanceMean', 'Put less light on the face.'],
  'face-the-camera': ['poseYaw', 'Look straight into the camera.'],
  'raise-chin': ['posePitch', 'Raise the chin.'],
  'lower-chin': ['posePitch', 'Lower the chin.'],
  'straighten-head': ['poseRoll', 'Hold the head upright.'],
  'hold-still': ['sharpness', 'Hold still, and keep the camera in focus.'],
  'uncover-face': ['faceOcclusionPrevention', 'Take off what hides eyes or mouth.'],
  'open-eyes': ['eyesOpen', 'Open the eyes.'],
  'close-mouth': ['mouthClosed', 'Close the mouth.'],
  'light-uneven': ['illuminationUniformity', 'Light both sides of the face alike.'],
  'low-contrast': ['dynamicRange', 'Use a picture with more contrast: not hazy, not washed out.'],
  'try-again': [
    'unifiedQualityScore',
    'Nothing single is wrong, yet a match is unlikely: take another picture.',
  ],
};

/** How good a picture of a face is, in the words and ranges of ISO/IEC 29794-5. */
export function qualityReport(quality: FaceQuality): FaceQualityReport {
  const { expressionKnown } = quality;
  return {
    unifiedQualityScore: hundredths(quality.score),
    interEyeDistance: tenths(quality.interEyeDistancePx),
    sharpness: hundredths(quality.sharpness),
    illuminationUniformity: hundredths(quality.evenness),
    underExposurePrevention: hundredths(1 - quality.underExposed),
    overExposurePrevention: hundredths(1 - quality.overExposed),
    luminanceMean: hundredths(quality.brightness),
    dynamicRange: hundredths(quality.contrast),
    poseYaw: tenths(quality.yawDeg),
    posePitch: tenths(quality.pitchDeg),
    poseRoll: tenths(quality.rollDeg),
    eyesOpen: expressionKnown ? hundredths(quality.eyesOpen) : null,
    mouthClosed: expressionKnown ? hundredths(1 - quality.mouthOpen) : null,
    faceOcclusionPrevention: hundredths(1 - quality.occlusion),
    faceInPicture: hundredths(quality.inFrame),
    headSize: Math.max(0, Math.round(quality.headSize * 100)),
  };
}

/** What is not good enough, the first thing to do first: what it is refused for, then what is only warned of. */
export function judgeQuality(
  quality: FaceQuality,
  { refuseBelow, warnBelow }: Pick<EnrolmentSettings, 'refuseBelow' | 'warnBelow'>,
): QualityReason[] {
  const refused = qualityAdvice(quality, refuseBelow);
  const warned = qualityAdvice(quality, warnBelow).filter((advice) => !refused.includes(advice));
  const report = qualityReport(quality);
  return [
    ...refused.map((advice) => reasonOf(advice, 'refused', report)),
    ...warned.map((advice) => reasonOf(advice, 'warning', report)),
  ];
}

function reasonOf(
  advice: QualityAdvice,
  severity: QualityReason['severity'],
  report: FaceQualityReport,
): QualityReason {
  const [component, whatToDo] = ADVICE[advice];
  // Only what was measured is ever complained of.
  return { component, severity, value: report[component] ?? 0, advice, whatToDo };
}

function hundredths(part: number): number {
  return Math.round(Math.min(1, Math.max(0, part)) * 100);
}

function tenths(value: number): number {
  // No minus before a zero.
  return Math.round(value * 10) / 10 + 0;
}
