import sharp from 'sharp';

import type { AnalyzedFace } from './analyzed-face';
import type { DetectedFace } from './detect/face';
import { cosineSimilarity } from './embed/embedding';
import { FacePipeline } from './face-pipeline';
import { noiseBytes, plainFrame } from './testing/frames';
import { goldenPhotos } from './testing/golden';
import { photo } from './testing/media';
import { scene } from './testing/scene';

/** Kernels differ between processors by a few millionths, which crops and thresholds can turn into this much. */
const POINT_TOLERANCE_PX = 0.6;
const SCORE_TOLERANCE = 0.01;
const SIMILARITY_TOLERANCE = 0.01;
const FOUND = { faceSizeMinPx: 30 };

let pipeline: FacePipeline;

beforeAll(async () => {
  pipeline = await FacePipeline.open();
});

afterAll(() => pipeline.close());

function centre({ box }: DetectedFace): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

describe('on photographs', () => {
  const golden = goldenPhotos();

  it.each(golden.photos)('finds the recorded faces and landmarks in $file', async ({ file, faces }) => {
    const found = await pipeline.detect(await photo(file), FOUND);

    expect(found).toHaveLength(faces.length);
    for (const [index, { box, score, landmarks }] of found.entries()) {
      const wanted = faces[index] as (typeof faces)[number];
      expect(Math.abs(score - wanted.score)).toBeLessThan(SCORE_TOLERANCE);
      const values = [box.x, box.y, box.width, box.height, ...landmarks.flatMap(({ x, y }) => [x, y])];
      const recorded = [...wanted.box, ...wanted.landmarks.flat()];
      const worst = Math.max(...values.map((value, at) => Math.abs(value - (recorded[at] ?? NaN))));
      expect(worst).toBeLessThan(POINT_TOLERANCE_PX);
    }
  });

  it('gives the recorded similarities, and tells one man from everybody else at the default threshold', async () => {
    const byFile = new Map<string, AnalyzedFace>();
    for (const { file, faces } of golden.photos) {
      const [face] = faces.length > 0 ? await pipeline.analyze(await photo(file), FOUND) : [];
      if (face) byFile.set(file, face);
    }
    expect(pipeline.modelId).toBe(golden.modelId);
    expect(golden.similarities.length).toBeGreaterThan(90);

    for (const { pair, similarity: recorded } of golden.similarities) {
      const [a, b] = pair.map((file) => byFile.get(file)?.embedding ?? new Float32Array());
      const similarity = cosineSimilarity(a as Float32Array, b as Float32Array);
      const samePerson = pair.every((file) => file.startsWith('franck'));

      expect(Math.abs(similarity - recorded)).toBeLessThan(SIMILARITY_TOLERANCE);
      expect(similarity >= pipeline.similarityMin).toBe(samePerson);
    }
  });

  it('gives embeddings of length 1 and the model’s dimension', async () => {
    const [face] = await pipeline.analyze(await photo('franck_02045.jpg'));

    expect(face?.embedding).toHaveLength(pipeline.dimension);
    expect(cosineSimilarity(face?.embedding as Float32Array, face?.embedding as Float32Array)).toBeCloseTo(
      1,
      5,
    );
  });

  it('embeds in a batch what it embeds one by one', async () => {
    const frame = await photo('franck_02045.jpg');
    const other = await photo('portrait-male-08.jpg');
    const crops = [
      await pipeline.align(frame, (await pipeline.detect(frame))[0]?.landmarks ?? []),
      await pipeline.align(other, (await pipeline.detect(other))[0]?.landmarks ?? []),
    ];
    // More than one batch.
    const many = Array.from({ length: 19 }, (_, index) => crops[index % 2] as Uint8Array);

    const together = await pipeline.embed(many);
    const alone = await pipeline.embed([crops[0] as Uint8Array]);

    expect(together).toHaveLength(19);
    expect(cosineSimilarity(together[18] as Float32Array, alone[0] as Float32Array)).toBeCloseTo(1, 4);
    expect(cosineSimilarity(together[17] as Float32Array, alone[0] as Float32Array)).toBeLessThan(0.4);
  });
});

describe('on frames of every size', () => {
  it('finds three faces in one frame, largest first, and only so many as asked for', async () => {
    const frame = await scene({ width: 1280, height: 720 }, [
      { file: 'portrait-male-08.jpg', left: 20, top: 40, factor: 1 },
      { file: 'franck_02045.jpg', left: 300, top: 40, factor: 1 },
      { file: 'portrait-female-04.jpg', left: 1050, top: 300, factor: 1.6 },
    ]);

    const found = await pipeline.detect(frame);

    expect(found.map((face) => Math.round(centre(face).x / 100))).toEqual([7, 12, 1]);
    expect(await pipeline.detect(frame, { facesMax: 1 })).toEqual([found[0]]);
    expect(await pipeline.detect(frame, { faceSizeMinPx: 200 })).toHaveLength(1);
  });

  it('finds a near and a far face in a frame of 3840 x 2160', async () => {
    const frame = await scene({ width: 3840, height: 2160 }, [
      { file: 'franck_02045.jpg', left: 100, top: 200, factor: 3 },
      { file: 'portrait-male-08.jpg', left: 3300, top: 1500, factor: 2 },
    ]);

    const found = await pipeline.detect(frame, { faceSizeMinPx: 100 });

    expect(found).toHaveLength(2);
    expect(centre(found[0] as DetectedFace).x).toBeLessThan(2200);
    expect(centre(found[1] as DetectedFace).x).toBeGreaterThan(3300);
  });

  it('finds a face in a frame of 64 x 64', async () => {
    const frame = await scene({ width: 64, height: 64 }, [
      { file: 'portrait-male-08.jpg', left: 0, top: 0, factor: 0.5 },
    ]);

    expect(await pipeline.detect(frame, { faceSizeMinPx: 24 })).toHaveLength(1);
  });

  it('finds a face that fills the frame', async () => {
    const still = await photo('franck_02045.jpg');
    const [face] = await pipeline.detect(still);
    const { x, y, width, height } = face?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    const { data, info } = await sharp(still.data, {
      raw: { width: still.width, height: still.height, channels: 3 },
    })
      .extract({
        left: Math.round(x),
        top: Math.round(y),
        width: Math.round(width),
        height: Math.round(height),
      })
      .raw()
      .toBuffer({ resolveWithObject: true });

    expect(await pipeline.detect({ data, width: info.width, height: info.height })).toHaveLength(1);
  });

  it('finds the same landmarks wherever the face stands in the frame', async () => {
    const at = async (left: number, top: number) => {
      const frame = await scene({ width: 640, height: 480 }, [
        { file: 'portrait-male-08.jpg', left, top, factor: 1.5 },
      ]);
      const [found] = await pipeline.detect(frame);
      return (found?.landmarks ?? []).map((point) => ({ x: point.x - left, y: point.y - top }));
    };

    const [here, there] = [await at(40, 60), await at(373, 211)];

    expect(here).toHaveLength(5);
    for (const [index, point] of here.entries()) {
      const other = there[index] ?? { x: NaN, y: NaN };
      // 2 of the 96 pixels that this face is wide.
      expect(Math.hypot(point.x - other.x, point.y - other.y)).toBeLessThan(2);
    }
  });

  it.each([
    ['of one pixel', plainFrame(1, 1)],
    ['of one colour', plainFrame(640, 360)],
    ['that is black', plainFrame(640, 360, 0)],
    ['one pixel high', plainFrame(5000, 1)],
    ['smaller than the smallest face', plainFrame(39, 39)],
    ['of noise', { data: noiseBytes(320 * 240 * 3), width: 320, height: 240 }],
  ])('finds no face in a frame %s', async (_, frame) => {
    expect(await pipeline.detect(frame)).toEqual([]);
    expect(await pipeline.analyze(frame)).toEqual([]);
  });
});
