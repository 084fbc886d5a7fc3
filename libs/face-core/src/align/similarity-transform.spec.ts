import fc from 'fast-check';

import type { Landmarks } from '../detect/face';
import { paintedFrame } from '../testing/frames';
import { align } from './align';
import { ALIGNED_LANDMARKS, faceToCrop } from './similarity-transform';

/** The template moved into a frame by a rotation, a scale and a shift. */
function posed(pose: { angle: number; scale: number; x: number; y: number }): Landmarks {
  const [cos, sin] = [Math.cos(pose.angle) * pose.scale, Math.sin(pose.angle) * pose.scale];
  return ALIGNED_LANDMARKS.map(({ x, y }) => ({
    x: cos * x - sin * y + pose.x,
    y: sin * x + cos * y + pose.y,
  }));
}

/** Five spread points that a similarity brings nearest to the template by shrinking them to nothing. */
function unlikeAnyFace(): Landmarks {
  const centre = { x: 56.2, y: 71.9 };
  const template = ALIGNED_LANDMARKS.map(({ x, y }) => ({ x: x - centre.x, y: y - centre.y }));
  const points = [40, -30, 0, -25, 15].map((x, index) => ({ x, y: 7 * index - 14 }));
  // As complex numbers: what is left of the points without their part along the template.
  const norm = template.reduce((sum, { x, y }) => sum + x * x + y * y, 0);
  const re =
    template.reduce((sum, t, i) => sum + t.x * (points[i]?.x ?? 0) + t.y * (points[i]?.y ?? 0), 0) / norm;
  const im =
    template.reduce((sum, t, i) => sum + t.x * (points[i]?.y ?? 0) - t.y * (points[i]?.x ?? 0), 0) / norm;
  return points.map(({ x, y }, i) => {
    const t = template[i] ?? { x: 0, y: 0 };
    return { x: x - re * t.x + im * t.y, y: y - re * t.y - im * t.x };
  });
}

describe('faceToCrop', () => {
  it('brings any turned, scaled and shifted face exactly onto the template', () => {
    const poses = fc.record({
      angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
      scale: fc.double({ min: 0.1, max: 30, noNaN: true }),
      x: fc.double({ min: -500, max: 4000, noNaN: true }),
      y: fc.double({ min: -500, max: 4000, noNaN: true }),
    });
    fc.assert(
      fc.property(poses, (pose) => {
        const landmarks = posed(pose);
        const map = faceToCrop(landmarks);
        for (const [index, { x, y }] of ALIGNED_LANDMARKS.entries()) {
          const at = { x: map.xu * x + map.xv * y + map.x0, y: map.yu * x + map.yv * y + map.y0 };
          const wanted = landmarks[index] ?? { x: NaN, y: NaN };
          expect(Math.hypot(at.x - wanted.x, at.y - wanted.y)).toBeLessThan(1e-6 * (1 + pose.scale * 100));
        }
      }),
    );
  });

  it.each([
    ['all on one spot', Array.from({ length: 5 }, () => ({ x: 50, y: 50 }))],
    ['all within a pixel', ALIGNED_LANDMARKS.map(({ x, y }) => ({ x: x / 100, y: y / 100 }))],
    ['four points', ALIGNED_LANDMARKS.slice(1)],
    ['six points', [...ALIGNED_LANDMARKS, { x: 1, y: 1 }]],
    ['not a number', ALIGNED_LANDMARKS.map((point, index) => (index === 2 ? { x: NaN, y: 1 } : point))],
    ['infinite', ALIGNED_LANDMARKS.map((point, index) => (index === 2 ? { x: Infinity, y: 1 } : point))],
    ['an arrangement that no turned face has', unlikeAnyFace()],
  ])('refuses landmarks: %s', (_, landmarks) => {
    expect(() => faceToCrop(landmarks)).toThrow(expect.objectContaining({ code: 'landmarks/degenerate' }));
  });
});

describe('align', () => {
  const frame = paintedFrame(300, 300, (x, y) => [x % 256, y % 256, 0]);

  it('gives 112 x 112 RGB whose landmarks show what the frame has there', () => {
    const landmarks = posed({ angle: 0, scale: 1.5, x: 20, y: 30 });

    const crop = align(frame, landmarks);

    expect(crop.length).toBe(112 * 112 * 3);
    const nose = (72 * 112 + 56) * 3;
    expect(crop[nose]).toBeCloseTo(1.5 * 56 + 20, -0.5);
    expect(crop[nose + 1]).toBeCloseTo(1.5 * 72 + 30, -0.5);
  });

  it('is black where the crop leaves the frame', () => {
    const crop = align(frame, posed({ angle: 0, scale: 1, x: -60, y: 0 }));

    expect([...crop.subarray(0, 3)]).toEqual([0, 0, 0]);
    expect(crop[(10 * 112 + 111) * 3 + 1]).toBe(10);
  });

  it('refuses a frame whose data do not fit', () => {
    expect(() => align({ ...frame, height: 299 }, ALIGNED_LANDMARKS)).toThrow(
      expect.objectContaining({ code: 'frame/invalid' }),
    );
  });
});
