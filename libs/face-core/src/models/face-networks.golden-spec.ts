import sharp from 'sharp';

import type { DetectedFace } from '../detect/face';
import { FacePipeline } from '../face-pipeline';
import type { Frame } from '../image/frame';
import { LivenessModel } from '../liveness/liveness-model';
import { ExpressionModel } from '../quality/expression-model';
import { headPose, type HeadPose } from '../quality/head-pose';
import { PoseModel } from '../quality/pose-model';
import { photo } from '../testing/media';
import { readModel } from './read-model';
import { OnnxRuntimeBackend } from '../runtime/onnxruntime-backend';

const backend = new OnnxRuntimeBackend();
const ROLLED_DEG = 15;

let pipeline: FacePipeline;

beforeAll(async () => {
  pipeline = await FacePipeline.open({ threads: 1 });
});

afterAll(() => pipeline.close());

async function faceIn(frame: Frame): Promise<DetectedFace> {
  const [face] = await pipeline.detect(frame, { faceSizeMinPx: 30 });
  if (!face) throw new Error('There is no face.');
  return face;
}

async function changed(frame: Frame, change: (image: sharp.Sharp) => sharp.Sharp): Promise<Frame> {
  const { data, width, height } = frame;
  const image = change(sharp(data, { raw: { width, height, channels: 3 } }));
  const result = await image.raw().toBuffer({ resolveWithObject: true });
  return { data: result.data, width: result.info.width, height: result.info.height };
}

describe('fr-pose', () => {
  let model: PoseModel;

  beforeAll(async () => {
    const { bytes, card } = await readModel('pose', 'fr-pose');
    model = await PoseModel.load(bytes, card, backend);
  });

  afterAll(() => model.release());

  async function poseIn(frame: Frame): Promise<HeadPose> {
    const [pose] = await model.estimate(frame, [(await faceIn(frame)).box]);
    return pose as HeadPose;
  }

  const photos = [
    'franck_02045.jpg',
    'franck_02683.jpg',
    'franck_04000.jpg',
    'portrait-female-20.jpg',
    'portrait-male-16.jpg',
  ];

  it.each(photos)('looks where the five landmarks of %s say', async (file) => {
    const frame = await photo(file);
    const { yawDeg, pitchDeg, rollDeg } = await poseIn(frame);
    const points = headPose((await faceIn(frame)).landmarks);

    // Three times the mean error that both have together.
    expect(Math.abs(yawDeg - points.yawDeg)).toBeLessThan(10);
    expect(Math.abs(pitchDeg - points.pitchDeg)).toBeLessThan(12);
    expect(Math.abs(rollDeg - points.rollDeg)).toBeLessThan(8);
  });

  it.each(photos)('looks the other way in a mirrored %s', async (file) => {
    const frame = await photo(file);
    const seen = await poseIn(frame);
    const mirrored = await poseIn(await changed(frame, (image) => image.flop()));

    expect(Math.abs(mirrored.yawDeg + seen.yawDeg)).toBeLessThan(4);
    expect(Math.abs(mirrored.rollDeg + seen.rollDeg)).toBeLessThan(4);
    expect(Math.abs(mirrored.pitchDeg - seen.pitchDeg)).toBeLessThan(5);
  });

  it.each(['franck_02045.jpg', 'franck_02683.jpg', 'portrait-male-16.jpg'])(
    'rolls with %s, positive anticlockwise',
    async (file) => {
      const frame = await photo(file);
      const seen = await poseIn(frame);
      const rolled = await poseIn(
        await changed(frame, (image) => image.rotate(-ROLLED_DEG, { background: '#808080' })),
      );

      expect(Math.abs(rolled.rollDeg - seen.rollDeg - ROLLED_DEG)).toBeLessThan(5);
    },
  );
});

describe('fr-landmark', () => {
  it('tells open eyes from lowered ones, and an open mouth from closed ones', async () => {
    const { bytes, card } = await readModel('landmarks-68', 'fr-landmark');
    const model = await ExpressionModel.load(bytes, card, backend);
    const measured = async (file: string) => {
      const frame = await photo(file);
      const [expression] = await model.measure(frame, [(await faceIn(frame)).box]);
      return expression as NonNullable<typeof expression>;
    };

    for (const file of ['franck_01829.jpg', 'franck_02045.jpg', 'franck_02683.jpg']) {
      const { eyesOpen, mouthOpen } = await measured(file);
      expect(eyesOpen).toBeGreaterThan(0.5);
      expect(mouthOpen).toBeLessThan(0.1);
    }
    // He looks down.
    expect((await measured('franck_04000.jpg')).eyesOpen).toBeLessThan(0.3);
    // He laughs.
    expect((await measured('franck_04117.jpg')).mouthOpen).toBeGreaterThan(0.4);
    await model.release();
  });
});

describe('fr-liveness', () => {
  it('takes a man before a camera for live, and does not with red and blue exchanged', async () => {
    const { bytes, card } = await readModel('liveness', 'fr-liveness');
    const model = await LivenessModel.load(bytes, card, backend);
    const exchanged = await LivenessModel.load(
      bytes,
      { ...card, pixels: { ...card.pixels, channelOrder: 'rgb' } },
      backend,
    );
    for (const file of ['franck_01829.jpg', 'franck_02683.jpg', 'franck_04000.jpg']) {
      const frame = await photo(file);
      const { box } = await faceIn(frame);
      const [score = 0] = await model.score(frame, [box]);
      const [other = 1] = await exchanged.score(frame, [box]);
      expect(score).toBeGreaterThan(0.95);
      expect(other).toBeLessThan(0.9);
    }
    await Promise.all([model.release(), exchanged.release()]);
  });
});
