import fc from 'fast-check';

import { DOOR_GATE, ENROLMENT_GATE, QUALITY_ADVICE, qualityAdvice, type QualityAdvice } from './advice';
import type { FaceQuality } from './face-quality';
import { GOOD } from './testing/good-quality';

describe('qualityAdvice', () => {
  it('asks nothing of who is seen well', () => {
    expect(qualityAdvice(GOOD)).toEqual([]);
    expect(qualityAdvice(GOOD, ENROLMENT_GATE)).toEqual([]);
  });

  it.each<[QualityAdvice, Partial<FaceQuality>]>([
    ['come-into-view', { inFrame: 0.8 }],
    ['step-back', { headSize: 0.95 }],
    ['come-closer', { interEyeDistancePx: 20 }],
    ['too-dark', { brightness: 0.1 }],
    ['too-dark', { underExposed: 0.6 }],
    ['too-bright', { brightness: 0.9 }],
    ['too-bright', { overExposed: 0.4 }],
    ['face-the-camera', { yawDeg: 30 }],
    ['face-the-camera', { yawDeg: -30 }],
    ['raise-chin', { pitchDeg: 30 }],
    ['lower-chin', { pitchDeg: -30 }],
    ['straighten-head', { rollDeg: 30 }],
    ['straighten-head', { rollDeg: -30 }],
    ['hold-still', { sharpness: 0.1 }],
    ['uncover-face', { occlusion: 0.9 }],
    ['open-eyes', { eyesOpen: 0.01 }],
    ['close-mouth', { mouthOpen: 1 }],
    ['light-uneven', { evenness: 0.5 }],
    ['low-contrast', { contrast: 0.1 }],
    ['try-again', { score: 0.4 }],
  ])('says %s for %j', (code, flaw) => {
    expect(qualityAdvice({ ...GOOD, ...flaw })).toEqual([code]);
  });

  it('names the first thing first, and does not say try again beside a reason', () => {
    const flaws = { score: 0.1, sharpness: 0, brightness: 0, inFrame: 0.5 };
    expect(qualityAdvice({ ...GOOD, ...flaws })).toEqual(['come-into-view', 'too-dark', 'hold-still']);
  });

  it('does not judge eyes and mouth by pixels alone', () => {
    const flaws = { eyesOpen: 0, mouthOpen: 1, expressionKnown: false };
    expect(qualityAdvice({ ...GOOD, ...flaws })).toEqual([]);
  });

  it('lets a measure pass that is exactly at its bound', () => {
    const atBound = {
      inFrame: DOOR_GATE.inFrameMin,
      headSize: DOOR_GATE.headSizeMax,
      interEyeDistancePx: DOOR_GATE.interEyeDistanceMinPx,
      brightness: DOOR_GATE.brightnessMin,
      yawDeg: -DOOR_GATE.yawMaxDeg,
      pitchDeg: DOOR_GATE.pitchMaxDeg,
      rollDeg: DOOR_GATE.rollMaxDeg,
      sharpness: DOOR_GATE.sharpnessMin,
      score: DOOR_GATE.scoreMin,
    };
    expect(qualityAdvice({ ...GOOD, ...atBound })).toEqual([]);
  });

  it('never lets a measure pass that is no number', () => {
    const numbers = Object.keys(GOOD).filter((key) => key !== 'expressionKnown');
    fc.assert(
      fc.property(fc.constantFrom(...numbers), (key) => {
        expect(qualityAdvice({ ...GOOD, [key]: Number.NaN })).not.toEqual([]);
      }),
    );
  });

  it('asks at least as much for an enrolment as at a door', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const angle = fc.double({ min: -60, max: 60, noNaN: true });
    const any = fc.record({
      ...Object.fromEntries(Object.keys(GOOD).map((key) => [key, part])),
      yawDeg: angle,
      pitchDeg: angle,
      rollDeg: angle,
      interEyeDistancePx: fc.double({ min: 0, max: 100, noNaN: true }),
      expressionKnown: fc.boolean(),
    }) as unknown as fc.Arbitrary<FaceQuality>;
    fc.assert(
      fc.property(any, (quality) => {
        const atDoor = qualityAdvice(quality).filter((code) => code !== 'try-again');
        expect(qualityAdvice(quality, ENROLMENT_GATE)).toEqual(expect.arrayContaining(atDoor));
      }),
    );
  });

  it('uses every code once', () => {
    expect(new Set(QUALITY_ADVICE).size).toBe(QUALITY_ADVICE.length);
  });
});
