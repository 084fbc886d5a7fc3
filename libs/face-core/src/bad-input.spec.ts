import type { DetectOptions } from './detect/detector';
import type { Box, DetectedFace } from './detect/face';
import { FacePipeline } from './face-pipeline';
import type { Frame } from './image/frame';
import { align, cosineSimilarity, headPose, measureFace, normalized } from './index';
import { plainFrame } from './testing/frames';
import { photo } from './testing/media';
import { cut } from './testing/scene';

let pipeline: FacePipeline;
let still: Frame;
let face: DetectedFace;

beforeAll(async () => {
  pipeline = await FacePipeline.open({ threads: 2, livenessId: 'fr-liveness', poseId: 'fr-pose' });
  still = await photo('franck_02045.jpg');
  [face] = (await pipeline.detect(still)) as [DetectedFace];
});

afterAll(() => pipeline.close());

// Whatever came before, the next call is answered as always.
afterEach(async () => {
  expect(await pipeline.detect(still)).toEqual([face]);
});

function refusal(code: string) {
  return expect.objectContaining({ name: 'FaceCoreError', code }) as Error;
}

function box(change: Partial<Box>): Box {
  return { ...face.box, ...change };
}

const BAD_LANDMARKS: [string, (face: DetectedFace) => { x: number; y: number }[]][] = [
  ['are none', () => []],
  ['are four', ({ landmarks }) => landmarks.slice(0, 4)],
  ['lie on one spot', ({ landmarks }) => landmarks.map(() => ({ x: 300, y: 300 }))],
  ['are no numbers', ({ landmarks }) => landmarks.map(() => ({ x: NaN, y: NaN }))],
  ['are infinite', ({ landmarks }) => landmarks.map(({ x }) => ({ x, y: Infinity }))],
  ['lie outside the frame', ({ landmarks }) => landmarks.map(({ x, y }) => ({ x: x + 2000, y: y - 2000 }))],
  ['lie far outside', ({ landmarks }) => landmarks.map(({ x, y }) => ({ x: x + 1e12, y: y + 1e12 }))],
  [
    'span a thousand million pixels',
    ({ landmarks }) => landmarks.map(({ x, y }) => ({ x: x * 1e9, y: y * 1e9 })),
  ],
];

describe('options out of range', () => {
  it.each<DetectOptions>([
    { faceSizeMinPx: 0 },
    { faceSizeMinPx: -40 },
    { faceSizeMinPx: NaN },
    { faceSizeMinPx: Infinity },
    { scaleFactor: 1 },
    { scaleFactor: 0.4 },
    { scaleFactor: NaN },
    { facesMax: 0 },
    { facesMax: -1 },
    { facesMax: 1.5 },
    { facesMax: Infinity },
    { scoreMin: { propose: -0.1 } },
    { scoreMin: { refine: NaN } },
    { scoreMin: { output: 1.1 } },
  ])('%j are refused by every call that takes them', async (options) => {
    const error = refusal('detect/invalid-options');

    await expect(pipeline.detect(still, options)).rejects.toThrow(error);
    await expect(pipeline.analyze(still, options)).rejects.toThrow(error);
    await expect(pipeline.refine(still, [face.box], options)).rejects.toThrow(error);
  });

  it('at their ends find nobody, or everybody, and no more than there may be', async () => {
    expect(await pipeline.detect(still, { faceSizeMinPx: 1e9 })).toEqual([]);
    expect(await pipeline.detect(still, { scoreMin: { output: 1 } })).toEqual([]);
    const none = { propose: 0, refine: 0, output: 0 };
    const all = await pipeline.detect(still, { scoreMin: none, facesMax: 5 });
    expect(all).toHaveLength(5);
    expect(all.flatMap(({ score, box: { x, y, width, height } }) => [score, x, y, width, height]).every(Number.isFinite)).toBe(true); // prettier-ignore
  });

  it('that cannot reach the inference thread are refused', async () => {
    const options = { faceSizeMinPx: (() => 40) as unknown as number };

    await expect(pipeline.detect(still, options)).rejects.toThrow(refusal('engine/failed'));
  });
});

describe('boxes', () => {
  it.each<[string, Partial<Box>]>([
    ['no number', { x: NaN }],
    ['infinite', { width: Infinity }],
    ['as large as numbers go', { width: Number.MAX_VALUE, height: Number.MAX_VALUE }],
    ['without width', { width: 0 }],
    ['of negative height', { height: -1 }],
  ])('that are %s are refused where a face is looked for, and not judged for liveness', async (_, change) => {
    await expect(pipeline.refine(still, [face.box, box(change)])).rejects.toThrow(refusal('box/invalid'));
    const [live, unknown] = await pipeline.liveness(still, [face.box, box(change)]);
    expect(live).toBeGreaterThan(0);
    expect(unknown).toBeUndefined();
  });

  it.each<[string, Partial<Box>]>([
    ['far outside', { x: 1e9 }],
    ['just outside', { x: -300, width: 200 }],
    ['of a part of a pixel', { width: 1e-9, height: 1e-9 }],
    ['huge', { x: -1e9, y: -1e9, width: 2e9, height: 2e9 }],
  ])('that are %s hold no face, and spare the others', async (_, change) => {
    const [beside, there] = await pipeline.refine(still, [box(change), face.box]);

    expect(beside).toBeUndefined();
    expect(there?.score).toBeGreaterThan(0.9);
    const scores = await pipeline.liveness(still, [box(change), face.box]);
    expect(scores).toHaveLength(2);
    for (const score of scores) expect(score === undefined || (score >= 0 && score <= 1)).toBe(true);
  });

  it('that measure nothing cost a face its quality alone', async () => {
    const [described] = await pipeline.describe(still, [{ ...face, box: box({ x: NaN }) }], {
      quality: true,
    });

    expect(described?.embedding).toHaveLength(pipeline.dimension);
    expect(described).not.toHaveProperty('quality');
  });
});

describe('landmarks', () => {
  it.each(BAD_LANDMARKS)(
    'that %s are refused, and give no embedding that could match another',
    async (_, change) => {
      const landmarks = change(face);

      await expect(pipeline.align(still, landmarks)).rejects.toThrow(refusal('landmarks/degenerate'));
      const described = await pipeline.describe(still, [{ ...face, landmarks }, face], { quality: true });
      expect(described[0]).toBeUndefined();
      expect(described[1]?.quality?.score).toBeGreaterThan(0.5);
    },
  );

  it('of a face as wide as its tall frame are aligned as anywhere else', async () => {
    const { x, y, width, height } = face.box;
    const area = [x, y, width, height].map(Math.round) as [number, number, number, number];
    const near = await cut(still, { left: area[0], top: area[1], width: area[2], height: area[3] });
    const tall = { ...plainFrame(near.width, 4000, 0) };
    tall.data.set(near.data);
    const landmarks = face.landmarks.map((point) => ({ x: point.x - area[0], y: point.y - area[1] }));

    expect(await pipeline.align(tall, landmarks)).toEqual(await pipeline.align(near, landmarks));
  });
});

describe('crops', () => {
  it.each<[string, unknown]>([
    ['too short', new Uint8Array(112 * 112 * 3 - 1)],
    ['of floats', new Float32Array(112 * 112 * 3)],
    ['no array', 'crop'],
    ['missing', undefined],
  ])('that are %s are refused', async (_, crop) => {
    const crops = [new Uint8Array(112 * 112 * 3), crop as Uint8Array];

    await expect(pipeline.embed(crops)).rejects.toThrow(refusal('crop/invalid'));
  });
});

describe('exported functions', () => {
  const unit = Float32Array.of(1, 0, 0);
  const crop = new Uint8Array(112 * 112 * 3);
  const frame = { width: 100, height: 100 };

  it.each<[string, () => unknown, string]>([
    [
      'align of a frame that is none',
      () => align({ ...frame, data: new Uint8Array(5) }, face.landmarks),
      'frame/invalid',
    ],
    ['align of four points', () => align(still, face.landmarks.slice(1)), 'landmarks/degenerate'],
    ['normalized of zeros', () => normalized(new Float32Array(192)), 'embedding/invalid'],
    ['normalized of NaN', () => normalized(new Float32Array(192).fill(NaN)), 'embedding/invalid'],
    ['normalized of infinity', () => normalized(Float32Array.of(1, Infinity)), 'embedding/invalid'],
    [
      'cosineSimilarity of two dimensions',
      () => cosineSimilarity(unit, Float32Array.of(1, 0)),
      'embedding/wrong-dimension',
    ],
    [
      'headPose of points on a line',
      () => headPose(face.landmarks.map(({ x }) => ({ x, y: x }))),
      'landmarks/degenerate',
    ],
    [
      'headPose of NaN',
      () => headPose(face.landmarks.map(({ x }) => ({ x, y: NaN }))),
      'landmarks/degenerate',
    ],
    [
      'measureFace of a short crop',
      () => measureFace({ ...face, crop: crop.subarray(1), frame }),
      'crop/invalid',
    ],
    [
      'measureFace of no box',
      () => measureFace({ ...face, crop, frame, box: box({ height: 0 }) }),
      'box/invalid',
    ],
  ])('%s says what is wrong', (_, call, code) => {
    expect(call).toThrow(refusal(code));
  });

  it('cosineSimilarity of what is no number reaches no threshold', () => {
    const similarity = cosineSimilarity(unit, Float32Array.of(NaN, 0, 0));

    expect(similarity >= -1).toBe(false);
  });
});

describe('a pipeline', () => {
  it('without a liveness network says so, and does all else', async () => {
    const plain = await FacePipeline.open({ threads: 1 });
    const error = refusal('pipeline/not-loaded');

    await expect(plain.liveness(still, [face.box])).rejects.toThrow(error);
    await expect(plain.analyze(still, { liveness: true })).rejects.toThrow(error);
    expect(await plain.analyze(still)).toHaveLength(1);
    await plain.close();
  });

  it('that closes answers all that was asked before, and refuses the rest', async () => {
    const other = await FacePipeline.open({ threads: 3, livenessId: 'fr-liveness' });
    const crop = await other.align(still, face.landmarks);
    const ask = () => [
      other.detect(still),
      other.refine(still, [face.box]),
      other.analyze(still),
      other.describe(still, [face, face, face, face]),
      other.embed([crop, crop]),
      other.liveness(still, [face.box]),
    ];

    const before = [...ask(), ...ask(), ...ask()];
    const closed = other.close();
    const after = ask();

    const answered = (await Promise.all(before)).map(({ length }) => length);
    expect(answered).toEqual([1, 1, 1, 4, 2, 1, 1, 1, 1, 4, 2, 1, 1, 1, 1, 4, 2, 1]);
    for (const late of await Promise.allSettled(after)) {
      expect(late).toMatchObject({ status: 'rejected', reason: refusal('engine/closed') });
    }
    await Promise.all([closed, other.close()]);
  });

  it.each([0, -1, 1.5, NaN, Infinity, 65])('cannot have %d threads', async (threads) => {
    await expect(FacePipeline.open({ threads })).rejects.toThrow(refusal('pipeline/invalid-options'));
  });
});
