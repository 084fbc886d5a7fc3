import { onnx } from 'onnx-proto';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { withPlainPrelus } from './plain-network';

const CHANNELS = 4;
const SLOPES = [-0.5, 0, 0.25, 3];

const floats = (name: string, values: readonly number[], dims: readonly number[]): onnx.ITensorProto => ({
  name,
  dataType: onnx.TensorProto.DataType.FLOAT,
  dims: [...dims],
  rawData: new Uint8Array(Float32Array.from(values).buffer),
});
const node = (opType: string, input: string[], output: string): onnx.INodeProto => ({
  opType,
  name: output,
  input,
  output: [output],
});
const value = (name: string): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType: onnx.TensorProto.DataType.FLOAT,
      shape: { dim: [1, CHANNELS, 2, 3].map((dimValue) => ({ dimValue })) },
    },
  },
});

/** A pointwise convolution, then what is given, from `x` to `y`. */
function network(
  nodes: onnx.INodeProto[],
  constants: onnx.ITensorProto[],
  gain: readonly number[],
): Uint8Array {
  const identity = Array.from({ length: CHANNELS ** 2 }, (_, at) =>
    at % (CHANNELS + 1) === 0 ? (gain[at / (CHANNELS + 1)] ?? 0) : 0,
  );
  const model = onnx.ModelProto.create({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 18 }],
    graph: {
      name: 'g',
      input: [value('image')],
      output: [value('y')],
      initializer: [
        floats('w', identity, [CHANNELS, CHANNELS, 1, 1]),
        floats(
          'b',
          gain.map((factor, channel) => 0.1 * channel * factor),
          [CHANNELS],
        ),
        ...constants,
      ],
      node: [node('Conv', ['image', 'w', 'b'], 'x'), ...nodes],
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

async function run(bytes: Uint8Array): Promise<Float32Array> {
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const pixels = Float32Array.from({ length: CHANNELS * 6 }, (_, at) => Math.sin(7 * at));
  const { y } = await session.run({ image: new Tensor('float32', pixels, [1, CHANNELS, 2, 3]) });
  await session.release();
  return y?.data as Float32Array;
}

const shape = [CHANNELS, 1, 1];
const spelled = network(
  [
    node('Relu', ['x'], 'r'),
    node('Mul', ['r', 'c'], 'p'),
    node('Mul', ['a', 'x'], 'n'),
    node('Add', ['p', 'n'], 'y'),
  ],
  [
    floats(
      'c',
      SLOPES.map((a) => 1 - a),
      shape,
    ),
    floats('a', SLOPES, shape),
  ],
  [1, 1, 1, 1],
);
// Slope m / (1 + m): -0.5, 0, 0.25 and 0.75.
const scaled = network(
  [node('Relu', ['x'], 'r'), node('Mul', ['x', 'm'], 'n'), node('Add', ['n', 'r'], 'y')],
  [floats('m', [-1 / 3, 0, 1 / 3, 3], shape)],
  [1.5, 1, 0.75, 0.25],
);

// Slope m / (1 + m) again, but with a factor below zero, which only what follows can take.
const DEPTHWISE = [2, -1, 0.5, 3];
const POINTWISE = Array.from({ length: CHANNELS ** 2 }, (_, at) => Math.cos(at));
const negative = network(
  [
    node('Relu', ['x'], 'r'),
    node('Mul', ['x', 'm'], 'n'),
    node('Add', ['n', 'r'], 's'),
    { ...node('Conv', ['s', 'depthwise'], 'd'), attribute: [{ name: 'group', type: 2, i: CHANNELS }] },
    node('Relu', ['d'], 'r2'),
    node('Mul', ['d', 'm2'], 'n2'),
    node('Add', ['r2', 'n2'], 's2'),
    node('Conv', ['s2', 'pointwise'], 'y'),
  ],
  [
    floats('m', [-1 / 3, -2, 1 / 3, -1.5], shape),
    floats('m2', [-3, 0.5, -2, 1], shape),
    floats('depthwise', DEPTHWISE, [CHANNELS, 1, 1, 1]),
    floats('pointwise', POINTWISE, [CHANNELS, CHANNELS, 1, 1]),
  ],
  [1, 1, 1, 1],
);

describe('a network with its parametric ReLUs spelled out', () => {
  it.each([
    ['as a sum of two products', spelled],
    ['as a ReLU and a product', scaled],
  ])('%s gets them back and computes the same', async (_, bytes) => {
    const plain = withPlainPrelus(bytes);
    expect(plain.prelus).toBe(1);
    expect(onnx.ModelProto.decode(plain.bytes).graph?.node?.map(({ opType }) => opType)).toEqual([
      'Conv',
      'PRelu',
    ]);
    const [expected, result] = [await run(bytes), await run(plain.bytes)];
    for (const [at, number] of expected.entries()) expect(result[at]).toBeCloseTo(number, 5);
  });

  it('gets them back before convolutions of either kind, whatever the sign of the factor', async () => {
    const plain = withPlainPrelus(negative);
    expect(plain.prelus).toBe(2);
    const [expected, result] = [await run(negative), await run(plain.bytes)];
    for (const [at, number] of expected.entries()) expect(result[at]).toBeCloseTo(number, 5);
  });

  it('keeps them spelled out where the factor fits nowhere', () => {
    const pooled = network(
      [
        node('Relu', ['x'], 'r'),
        node('Mul', ['x', 'm'], 'n'),
        node('Add', ['n', 'r'], 's'),
        node('Identity', ['s'], 'y'),
      ],
      [floats('m', [-2, 0, 0, 0], shape)],
      [1, 1, 1, 1],
    );
    expect(withPlainPrelus(pooled).prelus).toBe(0);
  });

  it('is otherwise left alone', () => {
    const residual = network([node('Relu', ['x'], 'r'), node('Add', ['r', 'x'], 'y')], [], [1, 1, 1, 1]);
    const plain = withPlainPrelus(residual);
    expect(plain.prelus).toBe(0);
    expect(onnx.ModelProto.decode(plain.bytes).graph?.node).toHaveLength(3);
  });
});
