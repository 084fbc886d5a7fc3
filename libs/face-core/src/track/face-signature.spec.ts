import { readdir } from 'node:fs/promises';

import { ALIGNED_LANDMARKS } from '../align/similarity-transform';
import type { Landmarks } from '../detect/face';
import { defaultMediaDirectory } from '../config';
import { FacePipeline } from '../face-pipeline';
import type { Frame } from '../image/frame';
import { noiseBytes, paintedFrame, plainFrame } from '../testing/frames';
import { photo } from '../testing/media';
import { faceSignature, likeness, type FaceSignature } from './face-signature';

const SIDE = 160;
const noise = noiseBytes(64);

/** Patches with soft edges, since the frame's own pixels are sampled between. */
function patterned(change: (level: number) => number = (level) => level, shift = 0): Frame {
  return paintedFrame(SIDE, SIDE, (x, y) => {
    const patch = Math.floor((y + shift) / 20) * 8 + Math.floor((x + shift) / 20);
    const level = change(noise[patch % 64] as number);
    return [level, level, level];
  });
}

function signature(frame: Frame, landmarks: Landmarks = ALIGNED_LANDMARKS): FaceSignature {
  return faceSignature(frame, landmarks) ?? new Float32Array(24 * 24);
}

describe('likeness', () => {
  it('is 1 for one face, whatever the light and the contrast', () => {
    const plain = signature(patterned());

    expect(likeness(plain, plain)).toBeCloseTo(1, 5);
    expect(likeness(plain, signature(patterned((level) => level / 2 + 60)))).toBeGreaterThan(0.99);
  });

  it('forgives landmarks that jitter by a cell, and no more', () => {
    const plain = signature(patterned());

    expect(likeness(plain, signature(patterned(undefined, 3)))).toBeGreaterThan(0.9);
    expect(likeness(plain, signature(patterned(undefined, 14)))).toBeLessThan(0.7);
  });

  it('follows a face that is turned and grows', () => {
    const small = signature(patterned());
    const large = paintedFrame(400, 400, (x, y) => {
      // The pattern turned by a right angle and twice as large.
      const level = noise[(Math.floor((399 - x) / 40) * 8 + Math.floor(y / 40)) % 64] as number;
      return [level, level, level];
    });
    const turned = ALIGNED_LANDMARKS.map(({ x, y }) => ({ x: 399 - 2 * y, y: 2 * x }));

    expect(likeness(small, signature(large, turned))).toBeGreaterThan(0.9);
  });

  it('is 0 for a blank face, itself included', () => {
    const blank = signature(plainFrame(SIDE, SIDE));

    expect(likeness(blank, blank)).toBe(0);
    expect(likeness(blank, signature(patterned()))).toBe(0);
  });
});

describe('faceSignature', () => {
  it('gives nothing where landmarks cannot be aligned', () => {
    expect(faceSignature(patterned(), [])).toBeUndefined();
    expect(faceSignature(patterned(), Array<Landmarks[0]>(5).fill({ x: 5, y: 5 }))).toBeUndefined();
  });

  it('reads no further than the frame where a face leaves it', () => {
    const outside = ALIGNED_LANDMARKS.map(({ x, y }) => ({ x: x - 60, y: y + 90 }));

    expect([...signature(patterned(), outside)].every(Number.isFinite)).toBe(true);
  });
});

it('finds no two of 62 people as alike as one person’s consecutive looks', async () => {
  const pipeline = await FacePipeline.open();
  const files = (await readdir(defaultMediaDirectory())).filter((file) => file.startsWith('portrait-'));
  const signatures: FaceSignature[] = [];
  for (const file of files) {
    const frame = await photo(file);
    const [face] = await pipeline.detect(frame);
    if (face) signatures.push(signature(frame, face.landmarks));
  }
  await pipeline.close();

  const pairs = signatures.flatMap((a, index) => signatures.slice(index + 1).map((b) => likeness(a, b)));

  expect(pairs.length).toBeGreaterThan(1500);
  // The follower's bound is 0.9.
  expect(Math.max(...pairs)).toBeLessThan(0.75);
}, 60_000);
