import { enrolmentLookSchema, type EnrolmentLook } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { choose, NO_CHOICE, type Frame } from './best-frame';

const golden = enrolmentLookSchema.parse(goldenMessage('enrolmentLook'));

function frame(score: number, refusal: EnrolmentLook['refusal'] = null): Frame {
  const quality = { ...golden.quality!, unifiedQualityScore: score };
  return { picture: new Blob([String(score)]), look: { ...golden, quality, refusal } };
}

describe('the choice of a picture', () => {
  it('is the best of those that would be taken, whenever it came', () => {
    const frames = [frame(40), frame(71), frame(90, 'enrolment/poor-quality'), frame(55)];
    const { best, good } = frames.reduce(choose, NO_CHOICE);
    expect(best).toBe(frames[1]);
    expect(good).toBe(3);
  });

  it('is none as long as none would be taken', () => {
    const nobody = { ...frame(0), look: { face: null, quality: null, reasons: [], refusal: null } };
    expect([frame(90, 'enrolment/poor-quality'), nobody].reduce(choose, NO_CHOICE)).toEqual(NO_CHOICE);
  });
});
