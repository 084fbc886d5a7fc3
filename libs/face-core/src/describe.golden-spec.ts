import sharp, { type Sharp } from 'sharp';

import type { AnalyzedFace, MeasuredFace } from './analyzed-face';
import { cosineSimilarity } from './embed/embedding';
import { FacePipeline } from './face-pipeline';
import type { Frame } from './image/frame';
import type { FaceQuality } from './quality/face-quality';
import { distanceOfFaces, largestDifference } from './testing/faces';
import { photo } from './testing/media';
import { crowd, PORTRAITS } from './testing/scene';
import { toYuv, yuvAsRgb, yuvFrame } from './testing/yuv';

const OPTIONS = { livenessId: 'fr-liveness', expressionId: 'fr-landmark', poseId: 'fr-pose' } as const;
const ALL = { quality: true, liveness: true } as const;
const PHOTOS = ['franck_01829.jpg', 'franck_02045.jpg', 'franck_03909.jpg', 'franck_04000.jpg', ...PORTRAITS];

let pipeline: FacePipeline;
let still: Frame;

beforeAll(async () => {
  pipeline = await FacePipeline.open({ ...OPTIONS, threads: 2 });
  still = await photo('franck_02045.jpg');
});

afterAll(() => pipeline.close());

async function only(frame: Frame): Promise<MeasuredFace> {
  const faces = await pipeline.analyze(frame, ALL);
  expect(faces).toHaveLength(1);
  return faces[0] as MeasuredFace;
}

async function changed({ data, width, height }: Frame, change: (image: Sharp) => Sharp): Promise<Frame> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  return { data: await change(image).raw().toBuffer(), width, height };
}

const PART = [0, 1] as const;
const RANGES: Readonly<Partial<Record<keyof FaceQuality, readonly [number, number]>>> = {
  score: PART,
  sharpness: PART,
  brightness: PART,
  contrast: PART,
  evenness: PART,
  underExposed: PART,
  overExposed: PART,
  eyesOpen: PART,
  mouthOpen: PART,
  occlusion: PART,
  inFrame: PART,
  // Portraits: the face is no smaller than a third of the picture and no larger than it.
  headSize: [0.3, 1],
  interEyeDistancePx: [10, 200],
  yawDeg: [-60, 60],
  pitchDeg: [-60, 60],
  rollDeg: [-60, 60],
};

describe('what is said of a photographed face', () => {
  it.each(PHOTOS)('lies within its ranges: %s', async (file) => {
    const { quality, liveness, embedding } = await only(await photo(file));

    for (const [name, [least, most]] of Object.entries(RANGES) as [keyof FaceQuality, [number, number]][]) {
      expect([name, quality[name]]).toEqual([name, expect.any(Number)]);
      expect(quality[name]).toBeGreaterThanOrEqual(least);
      expect(quality[name]).toBeLessThanOrEqual(most);
    }
    expect(quality.expressionKnown).toBe(true);
    expect(liveness).toBeGreaterThanOrEqual(0);
    expect(liveness).toBeLessThanOrEqual(1);
    expect(cosineSimilarity(embedding, embedding)).toBeCloseTo(1, 5);
  });

  it('falls as a picture is blurred', async () => {
    const measured: FaceQuality[] = [(await only(still)).quality];
    for (const sigma of [5, 9]) {
      measured.push((await only(await changed(still, (image) => image.blur(sigma)))).quality);
    }

    expect(measured.map(({ sharpness }) => sharpness)).toEqual(
      descending(measured.map(({ sharpness }) => sharpness)),
    );
    expect(measured.map(({ score }) => score)).toEqual(descending(measured.map(({ score }) => score)));
  });

  it('tells a dark picture and a bright one from a good one', async () => {
    const [dark, plain, bright] = [
      await only(await changed(still, (image) => image.linear(0.25, 0))),
      await only(still),
      await only(await changed(still, (image) => image.linear(1, 110))),
    ];

    expect(dark.quality.brightness).toBeLessThan(plain.quality.brightness - 0.2);
    expect(bright.quality.brightness).toBeGreaterThan(plain.quality.brightness + 0.2);
    expect(dark.quality.underExposed).toBeGreaterThan(plain.quality.underExposed);
    expect(bright.quality.overExposed).toBeGreaterThan(plain.quality.overExposed);
    expect(Math.max(dark.quality.score, bright.quality.score)).toBeLessThan(plain.quality.score);
  });

  it('says to which side a head is turned, and the other one of its mirror image', async () => {
    const turned = await photo('franck_03909.jpg');
    const toHisLeft = await only(turned);
    const mirrored = await only(await changed(turned, (image) => image.flop()));

    expect(toHisLeft.quality.yawDeg).toBeGreaterThan(8);
    expect(mirrored.quality.yawDeg).toBeLessThan(-8);
  });

  it('says only what was asked', async () => {
    const [plain] = await pipeline.analyze(still);
    const [measured] = await pipeline.analyze(still, { quality: true });
    const [judged] = await pipeline.analyze(still, { liveness: true });

    expect(Object.keys(plain as AnalyzedFace).sort()).toEqual(['box', 'embedding', 'landmarks', 'score']);
    expect([measured?.quality !== undefined, measured?.liveness]).toEqual([true, undefined]);
    expect([judged?.quality, judged?.liveness !== undefined]).toEqual([undefined, true]);
  });

  it('is the same by analyze and by its stages one after the other', async () => {
    const frame = await crowd({ width: 900, height: 640 }, 5);
    const whole = await pipeline.analyze(frame, ALL);
    const faces = await pipeline.detect(frame);
    const described = await pipeline.describe(frame, faces, { quality: true });
    const live = await pipeline.liveness(frame, faces.map(({ box }) => box)); // prettier-ignore
    const crops = await Promise.all(faces.map(({ landmarks }) => pipeline.align(frame, landmarks)));
    const embeddings = await pipeline.embed(crops);

    expect(whole).toHaveLength(5);
    for (const [index, { box, score, landmarks, embedding, quality, liveness }] of whole.entries()) {
      expect({ box, score, landmarks }).toEqual(faces[index]);
      expect(quality).toEqual(described[index]?.quality);
      expect(liveness).toBe(live[index]);
      expect(largestDifference(embedding, described[index]?.embedding ?? [])).toBeLessThan(1e-5);
      // align cuts the face out of the frame first.
      const alone = embeddings[index] as Float32Array;
      expect(Math.max(...embedding.map((value, at) => Math.abs(value - (alone[at] as number))))).toBeLessThan(
        1e-5,
      );
    }
  });
});

function descending(values: readonly number[]): number[] {
  return [...values].sort((a, b) => b - a);
}

describe('the same picture in another layout', () => {
  it('with gaps between its rows gives exactly the same', async () => {
    const { data, width, height } = still;
    const strideBytes = 3 * width + 47;
    const gapped = new Uint8Array(strideBytes * height).fill(255);
    for (let row = 0; row < height; row += 1) {
      gapped.set(data.subarray(row * 3 * width, (row + 1) * 3 * width), row * strideBytes);
    }

    expect(await only({ data: gapped, width, height, strideBytes })).toEqual(await only(still));
  });

  it.each([
    ['nv12', 0],
    ['nv12', 34],
    ['i420', 0],
    ['i420', 34],
  ] as const)(
    'as %s with %d bytes between its rows gives the same faces as RGB',
    async (format, gapBytes) => {
      const planes = toYuv(still);
      const asCamera = await only(yuvFrame(planes, format, gapBytes));
      const asFormula = await only(yuvAsRgb(planes));
      const asItWas = await only(still);

      // The same colours, to a step of brightness: measured .03 pixels and a cosine of .99998.
      expect(distanceOfFaces([asCamera], [asFormula])).toBeLessThan(0.5);
      expect(cosineSimilarity(asCamera.embedding, asFormula.embedding)).toBeGreaterThan(0.999);
      expect(Math.abs(asCamera.quality.score - asFormula.quality.score)).toBeLessThan(0.01);
      expect(Math.abs((asCamera.liveness ?? NaN) - (asFormula.liveness ?? NaN))).toBeLessThan(0.05);
      // Colours at half the size: the face of 261 pixels as it was to a hundredth of it. Measured .71 pixels and .998.
      expect(distanceOfFaces([asCamera], [asItWas])).toBeLessThan(2.6);
      expect(cosineSimilarity(asCamera.embedding, asItWas.embedding)).toBeGreaterThan(0.99);
    },
  );
});

describe('frames of many sizes, one after another', () => {
  it('give what each gives to a pipeline that has seen no other', async () => {
    const frames = [
      await crowd({ width: 1280, height: 720 }, 3),
      await photo('portrait-male-16.jpg'),
      await crowd({ width: 1920, height: 1080 }, 6),
      yuvFrame(toYuv(await crowd({ width: 642, height: 358 }, 2)), 'nv12'),
      await crowd({ width: 333, height: 777 }, 2),
    ];
    const alone: AnalyzedFace[][] = [];
    for (const frame of frames) {
      const fresh = await FacePipeline.open({ ...OPTIONS, threads: 2 });
      alone.push(await fresh.analyze(frame, ALL));
      await fresh.close();
    }
    expect(alone.map(({ length }) => length)).toEqual([3, 1, 6, 2, 2]);

    const once = [...frames.keys()];
    for (const index of [...once, ...once.reverse(), 2, 1, 2, 3, 0, 4]) {
      expect(await pipeline.analyze(frames[index] as Frame, ALL)).toEqual(alone[index]);
    }
  });
});
