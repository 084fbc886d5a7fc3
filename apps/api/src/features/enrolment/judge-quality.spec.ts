import { faceQualitySchema } from '@munjigi/contracts';
import { DOOR_GATE, ENROLMENT_GATE, QUALITY_ADVICE, type FaceQuality } from '@munjigi/face-core';
import { judgeQuality, qualityReport } from './judge-quality';

const GOOD: FaceQuality = {
  score: 0.95,
  yawDeg: -0.02,
  pitchDeg: 2.34,
  rollDeg: 1,
  interEyeDistancePx: 61.52,
  sharpness: 0.5,
  inFrame: 1,
  headSize: 0.4,
  brightness: 0.5,
  contrast: 0.5,
  evenness: 0.95,
  underExposed: 0.01,
  overExposed: 0,
  eyesOpen: 0.8,
  mouthOpen: 0.1,
  occlusion: 0.1,
  expressionKnown: false,
};
const settings = { refuseBelow: DOOR_GATE, warnBelow: ENROLMENT_GATE };

describe('qualityReport', () => {
  it('counts as the standard does', () => {
    const report = qualityReport(GOOD);
    expect(faceQualitySchema.parse(report)).toEqual(report);
    expect(report).toMatchObject({
      unifiedQualityScore: 95,
      underExposurePrevention: 99,
      faceOcclusionPrevention: 90,
      interEyeDistance: 61.5,
      poseYaw: 0,
      posePitch: 2.3,
      eyesOpen: null,
    });
    expect(Object.is(report.poseYaw, 0)).toBe(true);
    expect(qualityReport({ ...GOOD, expressionKnown: true })).toMatchObject({
      eyesOpen: 80,
      mouthClosed: 90,
    });
  });
});

describe('judgeQuality', () => {
  it('says nothing of a good picture', () => {
    expect(judgeQuality(GOOD, settings)).toEqual([]);
  });

  it('refuses what is bad, and warns of what could be better, each with what to do', () => {
    const reasons = judgeQuality({ ...GOOD, yawDeg: 40, sharpness: 0.2 }, settings);
    expect(reasons.map(({ component, severity, value }) => [component, severity, value])).toEqual([
      ['poseYaw', 'refused', 40],
      ['sharpness', 'warning', 20],
    ]);
    expect(reasons.every(({ whatToDo }) => whatToDo.length > 10)).toBe(true);
  });

  it('follows the settings', () => {
    const strict = { ...settings, refuseBelow: { ...DOOR_GATE, sharpnessMin: 0.6 } };
    expect(judgeQuality(GOOD, strict)).toMatchObject([{ component: 'sharpness', severity: 'refused' }]);
  });

  it('has words for every advice', () => {
    const worst: FaceQuality = {
      ...GOOD,
      score: 0,
      inFrame: 0,
      headSize: 2,
      interEyeDistancePx: 0,
      brightness: 0,
      yawDeg: 90,
      pitchDeg: 90,
      rollDeg: 90,
      sharpness: 0,
      occlusion: 1,
      expressionKnown: true,
      eyesOpen: 0,
      mouthOpen: 1,
      evenness: 0,
      contrast: 0,
    };
    const said = [
      ...judgeQuality(worst, settings),
      ...judgeQuality({ ...worst, brightness: 1, pitchDeg: -90 }, settings),
      ...judgeQuality({ ...GOOD, score: 0 }, settings),
    ].map(({ advice }) => advice);
    expect([...new Set(said)].sort()).toEqual([...QUALITY_ADVICE].sort());
  });
});
