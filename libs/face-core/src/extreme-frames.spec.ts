import { FacePipeline } from './face-pipeline';
import type { Frame } from './image/frame';
import { noiseBytes, plainFrame } from './testing/frames';
import { photo } from './testing/media';
import { paste, PORTRAITS, scene } from './testing/scene';

const BOX = { x: 10, y: 10, width: 40, height: 50 };
const LANDMARKS = [20, 40, 30, 22, 38].map((x, index) => ({ x, y: [25, 25, 35, 45, 45][index] as number }));
const FACE = { box: BOX, score: 1, landmarks: LANDMARKS };

let pipeline: FacePipeline;
let still: Frame;

beforeAll(async () => {
  pipeline = await FacePipeline.open({ threads: 2, livenessId: 'fr-liveness' });
  still = await photo('franck_02045.jpg');
});

afterAll(() => pipeline.close());

// Whatever came before, the next frame is seen as always.
afterEach(async () => {
  expect(await pipeline.detect(still)).toHaveLength(1);
});

/** What a frame that is none is refused with by every call that takes one. */
function calls(frame: Frame): Promise<unknown>[] {
  return [
    pipeline.detect(frame),
    pipeline.analyze(frame, { quality: true, liveness: true }),
    pipeline.refine(frame, [BOX]),
    pipeline.describe(frame, [FACE]),
    pipeline.liveness(frame, [BOX]),
    pipeline.align(frame, LANDMARKS),
  ];
}

const [width, height] = [64, 64];
const LENGTH = width * height * 3;

describe('a frame that is none', () => {
  it.each<[string, unknown]>([
    ['of floats, one of them no number', { data: new Float32Array(LENGTH).fill(NaN, 7, 8), width, height }],
    [
      'of floats, one of them infinite',
      { data: new Float32Array(LENGTH).fill(Infinity, 7, 8), width, height },
    ],
    ['of double floats', { data: new Float64Array(LENGTH), width, height }],
    ['of plain numbers', { data: Array.from({ length: LENGTH }, () => 0), width, height }],
    ['of clamped bytes', { data: new Uint8ClampedArray(LENGTH), width, height }],
    ['without data', { width, height }],
    ['a byte too short', { data: new Uint8Array(LENGTH - 1), width, height }],
    ['a byte too long', { data: new Uint8Array(LENGTH + 1), width, height }],
    ['with no pixels', { data: new Uint8Array(0), width: 0, height: 0 }],
    ['of negative sides', { data: new Uint8Array(LENGTH), width: -64, height: -64 }],
    ['with a side that is no number', { data: new Uint8Array(LENGTH), width: NaN, height }],
    ['with an endless side', { data: new Uint8Array(LENGTH), width: Infinity, height }],
    ['of half a pixel', { data: new Uint8Array(96), width: 64, height: 0.5 }],
    ['with a stride of less than a row', { data: new Uint8Array(191 * 64), width, height, strideBytes: 191 }],
    [
      'with a stride that its data do not have',
      { data: new Uint8Array(LENGTH), width, height, strideBytes: 256 },
    ],
    ['with half a byte of stride', { data: new Uint8Array(64 * 192.5), width, height, strideBytes: 192.5 }],
    ['with a stride that is no number', { data: new Uint8Array(LENGTH), width, height, strideBytes: NaN }],
    ['of an odd width in NV12', { data: new Uint8Array(63 * 64 * 1.5), width: 63, height, format: 'nv12' }],
    ['of an odd height in I420', { data: new Uint8Array(64 * 63 * 1.5), width, height: 63, format: 'i420' }],
    [
      'of an odd stride in I420',
      { data: new Uint8Array(65 * 64 * 1.5), width, height, format: 'i420', strideBytes: 65 },
    ],
    ['in NV12 without its colours', { data: new Uint8Array(64 * 64), width, height, format: 'nv12' }],
    ['in an unknown format', { data: new Uint8Array(LENGTH), width, height, format: 'rgba' }],
  ])('%s is refused by every call', async (_, frame) => {
    const results = await Promise.allSettled(calls(frame as Frame));

    expect(results).toHaveLength(6);
    for (const result of results) {
      expect(result).toMatchObject({
        status: 'rejected',
        reason: { name: 'FaceCoreError', code: 'frame/invalid' },
      });
    }
  });
});

describe('a frame with nobody in it', () => {
  it.each<[string, Frame]>([
    ['of one pixel', plainFrame(1, 1)],
    ['of 63 x 64 pixels', plainFrame(63, 64)],
    ['of one row', plainFrame(8192, 1)],
    ['of one column', plainFrame(1, 8192)],
    ['that is black', plainFrame(640, 360, 0)],
    ['that is white', plainFrame(640, 360, 255)],
    ['of noise', { data: noiseBytes(1280 * 720 * 3), width: 1280, height: 720 }],
    ['of two by two pixels in NV12', { data: noiseBytes(6), width: 2, height: 2, format: 'nv12' }],
  ])('%s gives nobody, and no embedding of landmarks outside it', async (_, frame) => {
    const beyond = { ...FACE, landmarks: LANDMARKS.map(({ x, y }) => ({ x: x + 9000, y: y + 9000 })) };

    expect(await pipeline.detect(frame)).toEqual([]);
    expect(await pipeline.analyze(frame, { quality: true, liveness: true })).toEqual([]);
    expect(await pipeline.refine(frame, [BOX])).toEqual([undefined]);
    expect(await pipeline.describe(frame, [beyond], { quality: true })).toEqual([undefined]);
  });
});

describe('a frame that is too much', () => {
  it('of 8192 x 8192 pixels gives nobody when it is of one colour, and the one face pasted into it', async () => {
    const frame = plainFrame(8192, 8192);
    expect(await pipeline.detect(frame)).toEqual([]);

    paste(frame, await photo('portrait-male-16.jpg'), { left: 6000, top: 5000 });
    const faces = await pipeline.analyze(frame, { quality: true, liveness: true });

    expect(faces).toHaveLength(1);
    const { x = 0, y = 0, width: wide = 0 } = faces[0]?.box ?? {};
    expect([Math.round(x / 100), Math.round(y / 100), Math.round(wide / 10)]).toEqual([61, 50, 5]);
  });

  it('of a thousand faces gives so many as were asked for, the largest, and nobody twice', async () => {
    const { width: side, frame } = await thousandFaces();
    const all = await pipeline.detect(frame, { faceSizeMinPx: 24, facesMax: 5000 });
    // The rest are lost where a frame keeps 2,000 candidates at most.
    expect(all.length).toBeGreaterThan(800);
    expect(new Set(all.map(({ box }) => placeOf(box, side))).size).toBe(all.length);

    expect(await pipeline.detect(frame, { faceSizeMinPx: 24 })).toEqual(all.slice(0, 64));
    const analysed = await pipeline.analyze(frame, { faceSizeMinPx: 24, facesMax: 7 });
    expect(analysed.map(({ box }) => box)).toEqual(all.slice(0, 7).map(({ box }) => box));
  });
});

/** 1,000 people side by side. */
async function thousandFaces(): Promise<{ frame: Frame; width: number }> {
  const side = 88;
  const people = await Promise.all(
    PORTRAITS.map((file) =>
      scene({ width: side, height: side }, [{ file, left: 0, top: 0, factor: side / 128 }]),
    ),
  );
  const frame = plainFrame(3840, 2160);
  const columns = Math.floor(frame.width / side);
  for (let index = 0; index < 1000; index += 1) {
    const place = { left: side * (index % columns), top: side * Math.floor(index / columns) };
    paste(frame, people[index % people.length] as Frame, place);
  }
  return { frame, width: side };
}

function placeOf({ x, y, width: wide, height: high }: typeof BOX, side: number): string {
  return [x + wide / 2, y + high / 2].map((centre) => Math.floor(centre / side)).join();
}
