import type { Frame } from '../image/frame';
import { outputOf } from '../runtime/inference-backend';
import { OnnxRuntimeBackend } from '../runtime/onnxruntime-backend';
import { ONNX_TYPE, OnnxGraph } from '../runtime/onnx-graph';
import { LivenessModel, type LivenessCard } from './liveness-model';
import { REGION_END, regionGraph } from '../region/region-graph';

const SIZE_PX = 8;
const BGR = { channelOrder: 'bgr', mean: 0, scale: 1 } as const;

function painted(width: number, height: number, colour: (x: number, y: number) => number[]): Frame {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) data.set(colour(x, y), (y * width + x) * 3);
  }
  return { data, width, height };
}

async function planesOf(frame: Frame, region: number[], pixels: LivenessCard['pixels'] = BGR) {
  const graph = await new OnnxRuntimeBackend().load(regionGraph(SIZE_PX, pixels));
  const [top = 0, left = 0, height = 0, width = 0] = region;
  const results = await graph.run({
    [REGION_END.frame]: { type: 'uint8', data: frame.data, shape: [frame.height, frame.width, 3] },
    [REGION_END.start]: { type: 'int64', data: BigInt64Array.of(BigInt(top), BigInt(left)), shape: [2] },
    [REGION_END.end]: {
      type: 'int64',
      data: BigInt64Array.of(BigInt(top) + BigInt(height), BigInt(left) + BigInt(width)),
      shape: [2],
    },
  });
  await graph.release();
  return outputOf(results, REGION_END.planes);
}

describe('regionGraph', () => {
  it('cuts the region and gives planes in blue, green, red', async () => {
    const inside = (x: number, y: number) => x >= 10 && x < 18 && y >= 4 && y < 12;
    const frame = painted(40, 20, (x, y) => (inside(x, y) ? [x, y, 200] : [255, 255, 255]));
    const { data, shape } = await planesOf(frame, [4, 10, 8, 8]);
    expect(shape).toEqual([1, 3, SIZE_PX, SIZE_PX]);
    for (let y = 0; y < SIZE_PX; y += 1) {
      for (let x = 0; x < SIZE_PX; x += 1) {
        const at = y * SIZE_PX + x;
        expect([data[at], data[at + 64], data[at + 128]]).toEqual([200, y + 4, x + 10]);
      }
    }
  });

  it('weighs all pixels when it scales down, so that fine texture becomes grey', async () => {
    // Plain bilinear scaling would see nothing but the white columns: they lie where it samples.
    const frame = painted(64, 64, (x) => (x % 8 === 3 || x % 8 === 4 ? [255, 255, 255] : [0, 0, 0]));
    const { data } = await planesOf(frame, [0, 0, 64, 64]);
    const inner = data.filter((_, at) => at % SIZE_PX > 0 && at % SIZE_PX < SIZE_PX - 1);
    for (const value of inner) expect(value).toBeCloseTo(255 / 4, 1);
  });

  it('scales values and keeps red first where the card says so', async () => {
    const frame = painted(16, 16, () => [255, 0, 127]);
    const { data } = await planesOf(frame, [0, 0, 16, 16], {
      channelOrder: 'rgb',
      mean: 127.5,
      scale: 127.5,
    });
    expect([data[0], data[64], data[128]].map((value) => Number(value?.toFixed(3)))).toEqual([1, -1, -0.004]);
  });
});

describe('regionGraph, with a mean and scale for each plane', () => {
  it('takes them in the network’s own order', async () => {
    const frame = painted(16, 16, () => [10, 20, 30]);
    const { data } = await planesOf(frame, [0, 0, 16, 16], {
      channelOrder: 'bgr',
      mean: [1, 2, 3],
      scale: [1, 2, 7],
    });
    expect([data[0], data[64], data[128]]).toEqual([29, 9, 1]);
  });
});

describe('regionGraph, of grey', () => {
  it('gives one plane, weighed as eyes do', async () => {
    const frame = painted(16, 16, () => [100, 50, 200]);
    const { data, shape } = await planesOf(frame, [0, 0, 16, 16], {
      channelOrder: 'grey',
      mean: 0,
      scale: 1,
    });
    expect(shape).toEqual([1, 1, SIZE_PX, SIZE_PX]);
    expect(data[0]).toBeCloseTo(0.299 * 100 + 0.587 * 50 + 0.114 * 200, 3);
  });
});

/** A network whose logits are the means of its three planes. */
function meansNetwork(): Uint8Array {
  const graph = new OnnxGraph('means');
  const input = graph.input('input', ONNX_TYPE.float, [1, 3, SIZE_PX, SIZE_PX]);
  const pooled = graph.node('GlobalAveragePool', [input]);
  graph.node('Flatten', [pooled], { axis: 1 }, 'output');
  graph.output('output', ONNX_TYPE.float, [1, 3]);
  return graph.toBytes();
}

describe('LivenessModel', () => {
  const card: LivenessCard = {
    input: 'input',
    output: 'output',
    sizePx: SIZE_PX,
    boxScale: 2,
    liveClass: 2,
    pixels: { channelOrder: 'bgr', mean: 0, scale: 100 },
  };
  const red = painted(64, 64, () => [200, 100, 0]);
  const box = { x: 20, y: 20, width: 16, height: 16 };

  it('gives the softmax of the live class, one for each box', async () => {
    const model = await LivenessModel.load(meansNetwork(), card, new OnnxRuntimeBackend());
    const half = painted(64, 64, (x) => (x < 32 ? [200, 100, 0] : [0, 0, 0]));
    const scores = await model.score(half, [
      { x: 8, y: 24, width: 8, height: 8 },
      { x: 48, y: 24, width: 8, height: 8 },
    ]);
    const expected = Math.exp(2) / (Math.exp(2) + Math.exp(1) + 1);
    expect(scores).toEqual([expect.closeTo(expected, 5), expect.closeTo(1 / 3, 5)]);
    await model.release();
  });

  it('does not write to the frame', async () => {
    const model = await LivenessModel.load(meansNetwork(), card, new OnnxRuntimeBackend());
    const before = Uint8Array.from(red.data);
    await model.score(red, [box]);
    expect(red.data).toEqual(before);
    await model.release();
  });

  it.each([
    ['a box outside', card, red, { ...box, x: 100 }, 'box/invalid'],
    ['a frame of another size than its data', card, { ...red, width: 63 }, box, 'frame/invalid'],
    ['a class that the network lacks', { ...card, liveClass: 3 }, red, box, 'model/wrong-output'],
  ])('refuses %s', async (_, wanted, frame, at, code) => {
    const model = await LivenessModel.load(meansNetwork(), wanted, new OnnxRuntimeBackend());
    await expect(model.score(frame, [at])).rejects.toMatchObject({ name: 'FaceCoreError', code });
    await model.release();
  });

  it('survives a frame of one pixel', async () => {
    const model = await LivenessModel.load(meansNetwork(), card, new OnnxRuntimeBackend());
    const dot = painted(1, 1, () => [0, 0, 0]);
    expect(await model.score(dot, [{ x: 0, y: 0, width: 1, height: 1 }])).toEqual([expect.closeTo(1 / 3, 5)]);
    await model.release();
  });
});
