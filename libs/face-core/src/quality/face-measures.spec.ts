import { ALIGNED_LANDMARKS } from '../align/similarity-transform';
import { faceQuality } from './face-quality';
import { measureFace, type QualityInput } from './face-measures';
import { painted, paintedFace } from './testing/painted-face';

const frame = { width: 640, height: 480 };
const box = { x: 200, y: 100, width: 96, height: 120 };
const landmarks = ALIGNED_LANDMARKS.map(({ x, y }) => ({ x: x + 200, y: y + 100 }));
const input = (crop: Uint8Array): QualityInput => ({ crop, box, landmarks, frame });
const measured = (crop: Uint8Array) => measureFace(input(crop));

/** The mean of so many neighbours to each side along the rows. */
const shaken = (crop: Uint8Array, reach: number): Uint8Array =>
  painted((x, y) => {
    let sum = 0;
    for (let dx = -reach; dx <= reach; dx += 1) {
      sum += crop[(y * 112 + Math.min(111, Math.max(0, x + dx))) * 3] as number;
    }
    return sum / (2 * reach + 1);
  });

describe('measureFace, of light', () => {
  it.each([
    ['black', 0, { brightness: 0, underExposed: 1, overExposed: 0 }],
    ['grey', 128, { brightness: 128 / 255, underExposed: 0, overExposed: 0 }],
    ['white', 255, { brightness: 1, underExposed: 0, overExposed: 1 }],
  ])('says what is all %s', (_, level, expected) => {
    const measures = measured(painted(() => level));
    expect(measures).toMatchObject({ contrast: 0, evenness: 1, sharpness: 0 });
    expect(measures.brightness).toBeCloseTo(expected.brightness, 5);
    expect(measures.underExposed).toBe(expected.underExposed);
    expect(measures.overExposed).toBe(expected.overExposed);
  });

  it('weighs colours as eyes do', () => {
    const of = (rgb: number[]) => {
      const crop = new Uint8Array(112 * 112 * 3).map((_, index) => rgb[index % 3] as number);
      return measured(crop).brightness;
    };
    expect(of([255, 0, 0])).toBeCloseTo(0.299, 3);
    expect(of([0, 255, 0])).toBeCloseTo(0.587, 3);
    expect(of([0, 0, 255])).toBeCloseTo(0.114, 3);
  });

  it('measures contrast between the darkest and the brightest twentieth', () => {
    expect(measured(painted((_, y) => (y < 72 ? 60 : 180))).contrast).toBeCloseTo(120 / 255, 3);
    // One dark pixel in a hundred is no contrast.
    expect(measured(painted((x, y) => (x % 10 === 0 && y % 10 === 0 ? 0 : 180))).contrast).toBe(0);
  });

  it('measures how alike both sides are lit, either way', () => {
    const lit = (left: number, right: number) => measured(painted((x) => (x < 56 ? left : right))).evenness;
    expect(lit(100, 100)).toBe(1);
    expect(lit(180, 60)).toBeCloseTo(1 - 120 / 248, 3);
    expect(lit(60, 180)).toBeCloseTo(lit(180, 60), 6);
    expect(lit(200, 20)).toBeLessThan(lit(180, 60));
  });

  it('sees only the face: what lies around it changes nothing', () => {
    const face = paintedFace();
    const corners = painted((x, y) => (((x - 56) / 34) ** 2 + ((y - 72) / 40) ** 2 > 1 ? 255 : 0));
    const bright = face.map((value, index) => Math.max(value, corners[index] as number));
    const { brightness, contrast, evenness, sharpness } = measured(face);
    expect(measured(bright)).toMatchObject({ brightness, contrast, evenness });
    expect(measured(bright).sharpness).toBeGreaterThanOrEqual(sharpness);
  });
});

describe('measureFace, of sharpness', () => {
  it('falls as a face is shaken, and does not depend on brightness', () => {
    const face = paintedFace();
    const [still, little, much] = [face, shaken(face, 1), shaken(face, 4)].map(
      (crop) => measured(crop).sharpness,
    ) as [number, number, number];
    expect(still).toBeGreaterThan(little + 0.1);
    expect(little).toBeGreaterThan(much + 0.05);
    const darker = measured(face.map((value) => value * 0.7)).sharpness;
    expect(Math.abs(darker - still)).toBeLessThan(0.05);
  });

  it('takes faint noise on a plain face for no sharpness', () => {
    const noise = painted((x, y) => 120 + ((x * 7919 + y * 104_729) % 3) - 1);
    expect(measured(noise).sharpness).toBeLessThan(0.5);
    expect(measured(noise).contrast).toBeLessThan(0.02);
  });
});

describe('measureFace, of eyes, mouth and what covers them', () => {
  it('tells open eyes from shut ones', () => {
    const [open, shut] = [1, 0].map((eyesOpen) => measured(paintedFace({ eyesOpen })).eyesOpen) as [
      number,
      number,
    ];
    expect(open).toBeGreaterThan(shut + 0.3);
  });

  it('tells an open mouth from a closed one', () => {
    expect(measured(paintedFace()).mouthOpen).toBeLessThan(0.3);
    expect(measured(paintedFace({ mouthOpenPx: 8 })).mouthOpen).toBeGreaterThan(0.5);
  });

  it('sees dark glasses and a mask', () => {
    expect(measured(paintedFace()).occlusion).toBeLessThan(0.2);
    expect(measured(paintedFace({ glasses: true })).occlusion).toBeGreaterThan(0.8);
    expect(measured(paintedFace({ mask: true })).occlusion).toBeGreaterThan(0.8);
  });

  it('takes eyes and mouth from a network where there is one, and says so', () => {
    const expression = { eyesOpen: 0.123, mouthOpen: 0.456 };
    expect(measured(paintedFace()).expressionKnown).toBe(false);
    expect(measureFace({ ...input(paintedFace()), expression })).toMatchObject({
      ...expression,
      expressionKnown: true,
    });
  });
});

describe('measureFace, of place and size', () => {
  const crop = paintedFace();

  it.each([
    ['inside', box, 1],
    ['half outside at the left', { ...box, x: -48 }, 0.5],
    ['a quarter inside at a corner', { ...box, x: 592, y: 420 }, 0.25],
    ['outside', { ...box, x: 640 }, 0],
  ])('says how much of a box is in the frame: %s', (_, at, expected) => {
    expect(measureFace({ ...input(crop), box: at }).inFrame).toBeCloseTo(expected, 9);
  });

  it('gives the head’s part of the frame’s height and the distance of the eyes', () => {
    expect(measured(crop).headSize).toBeCloseTo(0.25, 9);
    expect(measured(crop).interEyeDistancePx).toBeCloseTo(35.24, 1);
  });
});

describe('measureFace, of bad input', () => {
  const crop = paintedFace();
  it.each([
    ['a crop of another size', { crop: crop.subarray(3) }, 'crop/invalid'],
    ['no crop', { crop: new Uint8Array(0) }, 'crop/invalid'],
    ['four landmarks', { landmarks: landmarks.slice(1) }, 'landmarks/degenerate'],
    ['a box without area', { box: { ...box, width: 0 } }, 'box/invalid'],
    ['a box that is no number', { box: { ...box, x: Number.NaN } }, 'box/invalid'],
    ['an endless box', { box: { ...box, height: Number.POSITIVE_INFINITY } }, 'box/invalid'],
  ])('refuses %s', (_, part, code) => {
    expect(() => measureFace({ ...input(crop), ...part })).toThrow(
      expect.objectContaining({ name: 'FaceCoreError', code }),
    );
  });

  it.each([
    ['black', painted(() => 0)],
    ['white', painted(() => 255)],
    ['checks', painted((x, y) => ((x + y) % 2 ? 255 : 0))],
    ['noise', painted((x, y) => (x * 7919 * y) % 256)],
  ])('gives finite numbers in range for what is all %s', (_, plain) => {
    const { interEyeDistancePx, yawDeg, pitchDeg, rollDeg, expressionKnown, headSize, ...parts } =
      faceQuality(input(plain));
    expect([interEyeDistancePx, yawDeg, pitchDeg, rollDeg, headSize].every(Number.isFinite)).toBe(true);
    expect(expressionKnown).toBe(false);
    for (const value of Object.values(parts)) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1);
    }
  });

  it('does not write to the crop', () => {
    const before = Buffer.from(crop);
    measured(crop);
    expect(before.equals(crop)).toBe(true);
  });
});
