import * as z from 'zod';

/** A quality component's value as ISO/IEC 29794-5 counts it: 0 is worst, 100 best. */
const component = z.int().min(0).max(100);
const degrees = z.number().min(-180).max(180);

/** How good one picture of a face is, in the words of ISO/IEC 29794-5. */
export const faceQualitySchema = z.object({
  /** The chance of a match with a flawless picture of the same person, in hundredths. */
  unifiedQualityScore: component,
  /** Pixels. */
  interEyeDistance: z.number().nonnegative(),
  sharpness: component,
  illuminationUniformity: component,
  underExposurePrevention: component,
  overExposurePrevention: component,
  /** 0 black to 100 white: neither end is good. */
  luminanceMean: component,
  /** From the darkest to the brightest part of the face, in hundredths of all there is. */
  dynamicRange: component,
  /** Positive towards the person’s own left. */
  poseYaw: degrees,
  /** Positive downwards. */
  posePitch: degrees,
  /** Positive towards the person’s own right shoulder. */
  poseRoll: degrees,
  /** Null where no network measured it: from pixels alone it says nothing of a single picture. */
  eyesOpen: component.nullable(),
  /** Null like `eyesOpen`. */
  mouthClosed: component.nullable(),
  faceOcclusionPrevention: component,
  /** How much of the face lies inside the picture. */
  faceInPicture: component,
  /** Height of the face in hundredths of the picture’s; over 100 it is cut off. */
  headSize: z.int().nonnegative(),
});

/** Which component is not good enough, how far it is, and what to do. */
export const qualityReasonSchema = z.object({
  component: faceQualitySchema.keyof(),
  /** `refused`: no template was made. `warning`: one was, but a better picture would serve better. */
  severity: z.enum(['refused', 'warning']),
  /** As it was measured. */
  value: z.number(),
  /** What to do, as one of a closed list that a screen has words for. */
  advice: z.enum([
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
  ]),
  /** The same in English words. */
  whatToDo: z.string(),
});

const part = z.number().min(0).max(1);
const angle = z.number().min(0).max(90);

/** From where on a picture is good enough, each 0 to 1 unless its name says otherwise. */
export const qualityGateSchema = z.object({
  inFrameMin: part,
  headSizeMax: z.number().min(0.1).max(2),
  interEyeDistanceMinPx: z.number().min(0).max(500),
  brightnessMin: part,
  brightnessMax: part,
  underExposedMax: part,
  overExposedMax: part,
  yawMaxDeg: angle,
  pitchMaxDeg: angle,
  rollMaxDeg: angle,
  sharpnessMin: part,
  occlusionMax: part,
  eyesOpenMin: part,
  mouthOpenMax: part,
  evennessMin: part,
  contrastMin: part,
  scoreMin: part,
});

export type FaceQualityReport = z.infer<typeof faceQualitySchema>;
export type QualityReason = z.infer<typeof qualityReasonSchema>;
