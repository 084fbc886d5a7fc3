import type { Frame } from '../image/frame';
import { ONNX_TYPE, OnnxGraph } from '../runtime/onnx-graph';
import { ExpressionModel } from './expression-model';
import { OnnxRuntimeBackend } from '../runtime/onnxruntime-backend';

const CARD = {
  input: 'input',
  output: 'output',
  sizePx: 4,
  boxScale: 1,
  pixels: { channelOrder: 'grey', mean: 0, scale: 255 },
} as const;

/** A network that gives the same points whatever it sees, moved to the right by the mean brightness. */
function pointsNetwork(points: readonly number[]): Uint8Array {
  const graph = new OnnxGraph('points');
  const input = graph.input('input', ONNX_TYPE.float, [1, 1, 4, 4]);
  const mean = graph.node('Flatten', [graph.node('GlobalAveragePool', [input])], { axis: 1 });
  const fixed = graph.floats(points, [1, points.length]);
  graph.node('Add', [fixed, mean], {}, 'output');
  graph.output('output', ONNX_TYPE.float, [1, points.length]);
  return graph.toBytes();
}

/** 68 points, all in one place but for eyes and mouth of these heights; eyes 0.2 wide, mouth 0.4. */
function pointsOf(eyes: readonly [number, number], mouth: number): number[] {
  const points = new Array<number>(136).fill(0.5);
  const set = (index: number, x: number, y: number) => points.splice(2 * index, 2, x, y);
  const corners = [
    [36, 39, 0.2],
    [42, 45, 0.6],
  ] as const;
  for (const [eye, [left, right, x]] of corners.entries()) {
    const half = (eyes[eye] as number) / 2;
    set(left, x, 0.4);
    set(right, x + 0.2, 0.4);
    set(left + 1, x, 0.4 - half);
    set(left + 2, x, 0.4 - half);
    set(right + 1, x, 0.4 + half);
    set(right + 2, x, 0.4 + half);
  }
  set(60, 0.3, 0.8);
  set(64, 0.7, 0.8);
  for (const [upper, lower] of [
    [61, 67],
    [62, 66],
    [63, 65],
  ] as const) {
    set(upper, 0.5, 0.8 - mouth / 2);
    set(lower, 0.5, 0.8 + mouth / 2);
  }
  return points;
}

const frame: Frame = { data: new Uint8Array(80 * 60 * 3).fill(51), width: 80, height: 60 };
const box = { x: 20, y: 10, width: 40, height: 40 };

async function measured(points: readonly number[], at = box, of = frame) {
  const model = await ExpressionModel.load(pointsNetwork(points), CARD, new OnnxRuntimeBackend());
  try {
    return await model.measure(of, [at]);
  } finally {
    await model.release();
  }
}

describe('ExpressionModel', () => {
  it.each<[string, [number, number], number, { eyesOpen: number; mouthOpen: number }]>([
    ['shut eyes and a closed mouth', [0, 0], 0, { eyesOpen: 0, mouthOpen: 0 }],
    ['wide open eyes and mouth', [0.12, 0.12], 0.2, { eyesOpen: 1, mouthOpen: 1 }],
    ['half-open eyes and mouth', [0.059, 0.059], 0.08, { eyesOpen: 0.5, mouthOpen: 0.5 }],
    ['one shut eye', [0.1, 0.028], 0, { eyesOpen: 0, mouthOpen: 0 }],
  ])('measures %s', async (_, eyes, mouth, expected) => {
    const [expression] = await measured(pointsOf(eyes, mouth));
    expect(expression?.eyesOpen).toBeCloseTo(expected.eyesOpen, 1);
    expect(expression?.mouthOpen).toBeCloseTo(expected.mouthOpen, 1);
  });

  it('measures in pixels of the frame, so that a tall box does not make eyes open', async () => {
    const tall = { ...box, width: 20 };
    const [wide, narrow] = await Promise.all([
      measured(pointsOf([0.04, 0.04], 0)),
      measured(pointsOf([0.04, 0.04], 0), tall),
    ]);
    expect(wide[0]?.eyesOpen).toBeCloseTo((0.2 - 0.14) / 0.31, 1);
    expect(narrow[0]?.eyesOpen).toBeCloseTo((0.4 - 0.14) / 0.31, 1);
  });

  it.each([
    ['another number of points', [0.1, 0.2, 0.3], box, frame, 'model/wrong-output'],
    ['points that are no numbers', new Array<number>(136).fill(Number.NaN), box, frame, 'model/wrong-output'],
    ['a box outside', pointsOf([0, 0], 0), { ...box, y: 60 }, frame, 'box/invalid'],
    [
      'a frame of another size than its data',
      pointsOf([0, 0], 0),
      box,
      { ...frame, height: 61 },
      'frame/invalid',
    ],
  ])('refuses %s', async (_, points, at, of, code) => {
    await expect(measured(points, at, of)).rejects.toMatchObject({ name: 'FaceCoreError', code });
  });
});
