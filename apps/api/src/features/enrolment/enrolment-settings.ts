import { enrolmentSettingsSchema } from '@munjigi/contracts';
import { ENROLMENT_GATE, type QualityGate } from '@munjigi/face-core';
import type { SettingsKind } from '../../platform/settings/settings';

/**
 * What makes a poor template whatever the rest is like. The score, which is an estimate of a later match, decides most;
 * a single component refuses only where it is far from anything that the score was fitted on.
 */
const HOPELESS: QualityGate = {
  inFrameMin: 0.6,
  headSizeMax: 1.5,
  interEyeDistanceMinPx: 14,
  brightnessMin: 0.1,
  brightnessMax: 0.95,
  underExposedMax: 0.7,
  overExposedMax: 0.5,
  yawMaxDeg: 45,
  pitchMaxDeg: 45,
  rollMaxDeg: 45,
  sharpnessMin: 0.08,
  occlusionMax: 0.9,
  eyesOpenMin: 0.02,
  mouthOpenMax: 1,
  evennessMin: 0.4,
  contrastMin: 0.06,
  scoreMin: 0.5,
};

/** What a picture must be for a template to be made of it. */
export const ENROLMENT_SETTINGS: SettingsKind<typeof enrolmentSettingsSchema> = {
  key: 'enrolment',
  schema: enrolmentSettingsSchema,
  initial: {
    templatesPerPersonMax: 10,
    duplicates: 'refuse',
    refuseBelow: HOPELESS,
    warnBelow: { ...ENROLMENT_GATE },
  },
};
