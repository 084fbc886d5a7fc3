import type { FaceQuality } from './face-quality';

/**
 * What a person at a door can do about a bad picture, the first thing first. Left to the screen to put into words.
 *
 * `come-into-view`: part of the face is outside the picture. `uncover-face`: eyes or mouth are hidden. `try-again`:
 * nothing single is wrong, yet a match is unlikely. The others say what they mean.
 */
export const QUALITY_ADVICE = [
  'come-into-view',
  'step-back',
  'come-closer',
  'too-dark',
  'too-bright',
  'face-the-camera',
  'raise-chin',
  'lower-chin',
  'straighten-head',
  'hold-still',
  'uncover-face',
  'open-eyes',
  'close-mouth',
  'light-uneven',
  'low-contrast',
  'try-again',
] as const;

/** One of {@link QUALITY_ADVICE}. */
export type QualityAdvice = (typeof QUALITY_ADVICE)[number];

/** From where on a picture is good enough; each in the unit and range of its measure. */
export interface QualityGate {
  /** Default 0.9. */
  readonly inFrameMin: number;
  /** Default 0.9. */
  readonly headSizeMax: number;
  /** Default 24. */
  readonly interEyeDistanceMinPx: number;
  /** Default 0.18. */
  readonly brightnessMin: number;
  /** Default 0.85. */
  readonly brightnessMax: number;
  /** Default 0.5. */
  readonly underExposedMax: number;
  /** Default 0.3. */
  readonly overExposedMax: number;
  /** Either way. Default 25. */
  readonly yawMaxDeg: number;
  /** Up or down. Default 25. */
  readonly pitchMaxDeg: number;
  /** Either way. Default 25. */
  readonly rollMaxDeg: number;
  /** Default 0.15. */
  readonly sharpnessMin: number;
  /** Default 0.7. */
  readonly occlusionMax: number;
  /** Default 0.06: shut, or nearly. */
  readonly eyesOpenMin: number;
  /** Default 0.9. */
  readonly mouthOpenMax: number;
  /** Default 0.6. */
  readonly evennessMin: number;
  /** Default 0.12. */
  readonly contrastMin: number;
  /** Default 0.5. */
  readonly scoreMin: number;
}

/** A gate for a door, where people are let pass: it refuses what has little chance. Ask more of an enrolment. */
export const DOOR_GATE: QualityGate = {
  inFrameMin: 0.9,
  headSizeMax: 0.9,
  interEyeDistanceMinPx: 24,
  brightnessMin: 0.18,
  brightnessMax: 0.85,
  underExposedMax: 0.5,
  overExposedMax: 0.3,
  yawMaxDeg: 25,
  pitchMaxDeg: 25,
  rollMaxDeg: 25,
  sharpnessMin: 0.15,
  occlusionMax: 0.7,
  eyesOpenMin: 0.06,
  mouthOpenMax: 0.9,
  evennessMin: 0.6,
  contrastMin: 0.12,
  scoreMin: 0.5,
};

/** A gate for enrolment: the picture that all later ones are compared with. */
export const ENROLMENT_GATE: QualityGate = {
  ...DOOR_GATE,
  inFrameMin: 0.98,
  interEyeDistanceMinPx: 40,
  brightnessMin: 0.25,
  brightnessMax: 0.8,
  underExposedMax: 0.3,
  overExposedMax: 0.2,
  yawMaxDeg: 15,
  pitchMaxDeg: 20,
  rollMaxDeg: 15,
  sharpnessMin: 0.22,
  occlusionMax: 0.5,
  eyesOpenMin: 0.15,
  mouthOpenMax: 0.7,
  evennessMin: 0.75,
  contrastMin: 0.2,
  scoreMin: 0.7,
};

/**
 * What to ask of the person, in the order of {@link QUALITY_ADVICE}; empty when the picture is good enough.
 *
 * Eyes and mouth count only where a network measured them. A measure that is no number counts as bad.
 */
export function qualityAdvice(quality: FaceQuality, gate: QualityGate = DOOR_GATE): QualityAdvice[] {
  const advice = QUALITY_ADVICE.filter((code) => code !== 'try-again' && !isGood(code, quality, gate));
  if (advice.length === 0 && !(quality.score >= gate.scoreMin)) return ['try-again'];
  return advice;
}

function isGood(code: Exclude<QualityAdvice, 'try-again'>, q: FaceQuality, gate: QualityGate): boolean {
  switch (code) {
    case 'come-into-view':
      return q.inFrame >= gate.inFrameMin;
    case 'step-back':
      return q.headSize <= gate.headSizeMax;
    case 'come-closer':
      return q.interEyeDistancePx >= gate.interEyeDistanceMinPx;
    case 'too-dark':
      return q.brightness >= gate.brightnessMin && q.underExposed <= gate.underExposedMax;
    case 'too-bright':
      return q.brightness <= gate.brightnessMax && q.overExposed <= gate.overExposedMax;
    case 'face-the-camera':
      return Math.abs(q.yawDeg) <= gate.yawMaxDeg;
    case 'raise-chin':
      return q.pitchDeg <= gate.pitchMaxDeg;
    case 'lower-chin':
      return q.pitchDeg >= -gate.pitchMaxDeg;
    case 'straighten-head':
      return Math.abs(q.rollDeg) <= gate.rollMaxDeg;
    case 'hold-still':
      return q.sharpness >= gate.sharpnessMin;
    case 'uncover-face':
      return q.occlusion <= gate.occlusionMax;
    case 'open-eyes':
      return !q.expressionKnown || q.eyesOpen >= gate.eyesOpenMin;
    case 'close-mouth':
      return !q.expressionKnown || q.mouthOpen <= gate.mouthOpenMax;
    case 'light-uneven':
      return q.evenness >= gate.evennessMin;
    case 'low-contrast':
      return q.contrast >= gate.contrastMin;
  }
}
