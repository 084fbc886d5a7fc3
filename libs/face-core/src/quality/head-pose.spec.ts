import fc from 'fast-check';

import type { Point } from '../detect/face';
import { headPose, interEyeDistancePx, type HeadPose } from './head-pose';

/** The head that the estimate is made for, seen from far away. */
const HEAD = [
  [-1, 0, 0],
  [1, 0, 0],
  [0, 0.73, 1.43],
  [-0.8, 1.5, 0.39],
  [0.8, 1.5, 0.39],
] as const;

/** Nods, then turns, then tilts a head, and draws its points; written by angles, not by matrices. */
function seen(pose: HeadPose, scale = 40, shift: Point = { x: 300, y: 200 }): Point[] {
  const [yaw, pitch, roll] = [pose.yawDeg, pose.pitchDeg, pose.rollDeg].map(
    (deg) => (deg * Math.PI) / 180,
  ) as [number, number, number];
  return HEAD.map(([x, y, z]) => {
    const nodded = {
      y: y * Math.cos(pitch) + z * Math.sin(pitch),
      z: z * Math.cos(pitch) - y * Math.sin(pitch),
    };
    const turned = { x: x * Math.cos(yaw) + nodded.z * Math.sin(yaw), y: nodded.y };
    return {
      x: shift.x + scale * (turned.x * Math.cos(roll) + turned.y * Math.sin(roll)),
      y: shift.y + scale * (turned.y * Math.cos(roll) - turned.x * Math.sin(roll)),
    };
  });
}

describe('headPose', () => {
  it('gives back the angles that a head was drawn with, wherever and however large', () => {
    const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
    const scale = fc.double({ min: 5, max: 2_000, noNaN: true });
    fc.assert(
      fc.property(angle(80), angle(60), angle(170), scale, angle(4_000), (yaw, pitch, roll, size, shift) => {
        const drawn = seen({ yawDeg: yaw, pitchDeg: pitch, rollDeg: roll }, size, { x: shift, y: -shift });
        const pose = headPose(drawn);
        expect(pose.yawDeg).toBeCloseTo(yaw, 3);
        expect(pose.pitchDeg).toBeCloseTo(pitch, 3);
        expect(pose.rollDeg).toBeCloseTo(roll, 3);
      }),
    );
  });

  it('knows the person’s own left, up and down, and the tilt', () => {
    const straight = seen({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 });
    const nose = (dx: number, dy: number) =>
      straight.map((point, index) => (index === 2 ? { x: point.x + dx, y: point.y + dy } : point));
    expect(headPose(nose(10, 0)).yawDeg).toBeGreaterThan(5);
    expect(headPose(nose(-10, 0)).yawDeg).toBeLessThan(-5);
    expect(headPose(nose(0, 10)).pitchDeg).toBeGreaterThan(5);
    expect(headPose(nose(0, -10)).pitchDeg).toBeLessThan(-5);
    // The eye on the right of the picture is the higher one: the head leans to the left of the picture.
    const leaning = straight.map(({ x, y }) => ({ x, y: y - (x - 300) / 4 }));
    expect(headPose(leaning).rollDeg).toBeGreaterThan(5);
  });

  it.each<[string, Point[]]>([
    ['four points', seen({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 }).slice(1)],
    [
      'a point that is no number',
      seen({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 }).fill({ x: Number.NaN, y: 0 }, 2, 3),
    ],
    ['points on one spot', Array.from({ length: 5 }, () => ({ x: 7, y: 7 }))],
    ['points on one line', [0, 1, 2, 3, 4].map((step) => ({ x: 10 * step, y: 20 * step }))],
    ['points on one level line', [0, 40, 20, 5, 35].map((x) => ({ x, y: 100 }))],
  ])('refuses %s', (_, landmarks) => {
    expect(() => headPose(landmarks)).toThrow(expect.objectContaining({ code: 'landmarks/degenerate' }));
  });
});

describe('interEyeDistancePx', () => {
  it('is the same for a face that turns', () => {
    for (const yawDeg of [0, 20, -45, 60]) {
      const drawn = seen({ yawDeg, pitchDeg: 0, rollDeg: 0 });
      expect(interEyeDistancePx(drawn, headPose(drawn).yawDeg)).toBeCloseTo(80, 3);
    }
  });

  it('trusts no turn beyond 60 degrees', () => {
    const drawn = seen({ yawDeg: 0, pitchDeg: 0, rollDeg: 0 });
    expect(interEyeDistancePx(drawn, 89)).toBeCloseTo(160, 6);
  });
});
