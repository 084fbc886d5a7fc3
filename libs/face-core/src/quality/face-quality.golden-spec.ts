import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { align } from '../align/align';
import { defaultMediaDirectory } from '../config';
import { decodeImage } from '../image/decode-image';
import { qualityAdvice } from './advice';
import { faceQuality } from './face-quality';

/** Photographs, where the detector found a face on them, and what was measured after a look at each. */
const PHOTOS = [
  {
    what: 'a man who tilts his head',
    file: 'franck_01829.jpg',
    box: [267.3, 125.4, 254.4, 353.5],
    landmarks: [
      [328.9, 266.2],
      [444.3, 242.3],
      [392.9, 313.5],
      [360.2, 399.2],
      [455.1, 382.8],
    ],
    expected: {
      yawDeg: -2.1,
      pitchDeg: -3.9,
      rollDeg: 9.9,
      interEyeDistancePx: 117.9,
      sharpness: 0.66,
      brightness: 0.59,
      contrast: 0.49,
      evenness: 0.94,
      underExposed: 0,
      overExposed: 0,
      occlusion: 0,
      inFrame: 1,
      headSize: 0.61,
      score: 0.92,
    },
    advice: [],
  },
  {
    what: 'one who laughs downwards to his right, eyes shut',
    file: 'franck_04000.jpg',
    box: [228.8, 135, 266.5, 385.5],
    landmarks: [
      [280.3, 298.9],
      [394.5, 285.9],
      [333, 375],
      [301.7, 425.3],
      [413.3, 411.3],
    ],
    expected: {
      yawDeg: -13,
      pitchDeg: 11,
      rollDeg: 8.4,
      interEyeDistancePx: 118,
      sharpness: 0.59,
      brightness: 0.5,
      contrast: 0.48,
      evenness: 0.96,
      underExposed: 0,
      overExposed: 0,
      occlusion: 0,
      inFrame: 1,
      headSize: 0.67,
      score: 0.91,
    },
    advice: [],
  },
  {
    what: 'one who smiles to his left',
    file: 'franck_03909.jpg',
    box: [276.6, 133.7, 265.2, 367.6],
    landmarks: [
      [376.1, 274.1],
      [494.9, 272.8],
      [451.8, 340.5],
      [372.1, 397.8],
      [487.1, 394.3],
    ],
    expected: {
      yawDeg: 14,
      pitchDeg: 4.5,
      rollDeg: -2.1,
      interEyeDistancePx: 122.4,
      sharpness: 0.78,
      brightness: 0.55,
      contrast: 0.5,
      evenness: 1,
      underExposed: 0,
      overExposed: 0,
      occlusion: 0,
      inFrame: 1,
      headSize: 0.64,
      score: 0.92,
    },
    advice: [],
  },
  {
    what: 'a small face behind dark glasses',
    file: 'portrait-female-31.jpg',
    box: [88.2, 4.8, 36, 48.1],
    landmarks: [
      [94.8, 18.2],
      [111.2, 20.1],
      [98.1, 30.2],
      [93.4, 39.8],
      [106.4, 41.8],
    ],
    expected: {
      yawDeg: -18,
      pitchDeg: 3,
      rollDeg: -6.5,
      interEyeDistancePx: 17.4,
      sharpness: 0.34,
      brightness: 0.43,
      contrast: 0.88,
      evenness: 0.63,
      underExposed: 0.16,
      overExposed: 0.01,
      occlusion: 1,
      inFrame: 1,
      headSize: 0.38,
      score: 0.4,
    },
    advice: ['come-closer', 'uncover-face'],
  },
  {
    what: 'a face turned far to her right',
    file: 'portrait-female-27.jpg',
    box: [39.4, 29.7, 52.4, 68.3],
    landmarks: [
      [46.2, 53.5],
      [68.4, 56.4],
      [46.3, 68.1],
      [42.9, 80.9],
      [61.5, 83.8],
    ],
    expected: {
      yawDeg: -31,
      pitchDeg: 2.5,
      rollDeg: -6.8,
      interEyeDistancePx: 26.1,
      sharpness: 0.4,
      brightness: 0.38,
      contrast: 0.61,
      evenness: 0.65,
      underExposed: 0.24,
      overExposed: 0,
      occlusion: 0,
      inFrame: 1,
      headSize: 0.53,
      score: 0.77,
    },
    advice: ['face-the-camera'],
  },
  {
    what: 'a head on its side, a little far',
    file: 'portrait-female-13.jpg',
    box: [42, 28.7, 49.8, 55.6],
    landmarks: [
      [61.8, 59.9],
      [79.5, 45.6],
      [81.9, 63.3],
      [72.4, 77.1],
      [89.2, 64.2],
    ],
    expected: {
      yawDeg: 17.6,
      pitchDeg: 19.2,
      rollDeg: 34.5,
      interEyeDistancePx: 23.9,
      sharpness: 0.41,
      brightness: 0.54,
      contrast: 0.51,
      evenness: 0.94,
      underExposed: 0.01,
      overExposed: 0,
      occlusion: 0,
      inFrame: 1,
      headSize: 0.43,
      score: 0.8,
    },
    advice: ['come-closer', 'straighten-head'],
  },
  {
    what: 'dark glasses in harsh light, turned, far',
    file: 'portrait-male-29.jpg',
    box: [86.8, 10.7, 30, 40.1],
    landmarks: [
      [102.2, 23.8],
      [113.6, 24.2],
      [111.9, 34.4],
      [101.2, 42.2],
      [110.1, 42.9],
    ],
    expected: {
      yawDeg: 37.2,
      pitchDeg: 4.2,
      rollDeg: -7.8,
      interEyeDistancePx: 14.3,
      sharpness: 0.27,
      brightness: 0.21,
      contrast: 0.94,
      evenness: 0.31,
      underExposed: 0.63,
      overExposed: 0.04,
      occlusion: 1,
      inFrame: 1,
      headSize: 0.31,
      score: 0.09,
    },
    advice: ['come-closer', 'too-dark', 'face-the-camera', 'uncover-face', 'light-uneven'],
  },
] as const;

/** Decoders of other builds differ by a step of brightness here and there. */
const DEGREES_OR_PX_OFF_MAX = 0.2;
const PART_OFF_MAX = 0.02;

describe('faceQuality on photographs', () => {
  it.each(PHOTOS)('measures $what', async ({ file, box, landmarks, expected, advice }) => {
    const frame = await decodeImage(await readFile(join(defaultMediaDirectory(), file)));
    const points = landmarks.map(([x, y]) => ({ x, y }));
    const [x, y, width, height] = box;
    const crop = align(frame, points);
    const quality = faceQuality({ crop, box: { x, y, width, height }, landmarks: points, frame });
    for (const [measure, value] of Object.entries(expected)) {
      const offMax = /Deg|Px/.test(measure) ? DEGREES_OR_PX_OFF_MAX : PART_OFF_MAX;
      const off = Math.abs(Number(quality[measure as keyof typeof expected]) - value);
      expect({ measure, off: off <= offMax ? 'little' : off }).toEqual({ measure, off: 'little' });
    }
    expect(qualityAdvice(quality)).toEqual(advice);
  });
});
