import { ONNX_TYPE, OnnxGraph } from '../runtime/onnx-graph';
import { plainFrame } from '../testing/frames';
import { PoseModel, type PoseCard } from './pose-model';
import { OnnxRuntimeBackend } from '../runtime/onnxruntime-backend';

const SIZE_PX = 8;
const CARD: PoseCard = {
  input: 'image',
  sizePx: SIZE_PX,
  boxScale: 1,
  pixels: { channelOrder: 'rgb', mean: 0, scale: 1 },
  outputs: { yaw: 'y', pitch: 'p', roll: 'r' },
  signs: { yaw: 1, pitch: 1, roll: 1 },
};
const BINS = { count: 3, firstDeg: -10, widthDeg: 10 };
const frame = plainFrame(40, 40, 0);
const box = { x: 10, y: 10, width: 20, height: 20 };

/** A network that answers black with these numbers. */
function fixedNetwork(answers: Readonly<Record<'y' | 'p' | 'r', readonly number[]>>): Uint8Array {
  const graph = new OnnxGraph('fixed');
  const input = graph.input('image', ONNX_TYPE.float, [1, 3, SIZE_PX, SIZE_PX]);
  const zero = graph.node('ReduceMean', [input, graph.integers([1, 2, 3])], { keepdims: 0 });
  for (const [name, values] of Object.entries(answers)) {
    graph.node('Add', [graph.floats(values, [1, values.length]), zero], {}, name);
    graph.output(name, ONNX_TYPE.float, [1, values.length]);
  }
  return graph.toBytes();
}

async function estimated(answers: Parameters<typeof fixedNetwork>[0], card: PoseCard, at = box, of = frame) {
  const model = await PoseModel.load(fixedNetwork(answers), card, new OnnxRuntimeBackend());
  try {
    return await model.estimate(of, [at]);
  } finally {
    await model.release();
  }
}

describe('PoseModel', () => {
  it('reads degrees, adds the offset, then turns the sign', async () => {
    const card: PoseCard = {
      ...CARD,
      offsetDeg: { yaw: 0, pitch: 3, roll: 1 },
      signs: { yaw: 1, pitch: -1, roll: -1 },
    };
    expect(await estimated({ y: [12], p: [-5], r: [7] }, card)).toEqual([
      { yawDeg: 12, pitchDeg: 2, rollDeg: -8 },
    ]);
  });

  it('reads the mean of bins weighed by their softmax, however large the logits', async () => {
    const card = { ...CARD, bins: BINS };
    const [pose] = await estimated({ y: [0, 0, 200], p: [1, 1, 1], r: [1000, 1000, -1000] }, card);
    expect(pose?.yawDeg).toBeCloseTo(10, 4);
    expect(pose?.pitchDeg).toBeCloseTo(0, 4);
    expect(pose?.rollDeg).toBeCloseTo(-5, 4);
  });

  it.each<[string, Parameters<typeof fixedNetwork>[0], PoseCard, typeof box, typeof frame, string]>([
    [
      'another number of bins',
      { y: [0, 0], p: [0, 0], r: [0, 0] },
      { ...CARD, bins: BINS },
      box,
      frame,
      'model/wrong-output',
    ],
    ['two numbers of degrees', { y: [0, 1], p: [0], r: [0] }, CARD, box, frame, 'model/wrong-output'],
    ['what is no number', { y: [0], p: [NaN], r: [0] }, CARD, box, frame, 'model/wrong-output'],
    ['a box outside', { y: [0], p: [0], r: [0] }, CARD, { ...box, y: 40 }, frame, 'box/invalid'],
    [
      'a frame of another size than its data',
      { y: [0], p: [0], r: [0] },
      CARD,
      box,
      { ...frame, height: 41 },
      'frame/invalid',
    ],
  ])('refuses %s', async (_, answers, card, at, of, code) => {
    await expect(estimated(answers, card, at, of)).rejects.toMatchObject({ name: 'FaceCoreError', code });
  });
});
