import { onnx } from 'onnx-proto';

import { outputOf } from '../../runtime/inference-backend';
import { OnnxRuntimeBackend } from '../../runtime/onnxruntime-backend';
import { ONNX_TYPE, OnnxGraph } from '../../runtime/onnx-graph';
import { tinyNetwork } from '../../testing/tiny-network';
import { openBatch } from './open-batch';

const CONVERSION = { input: 'image', outputs: { y: 'embedding' } };

/** A network of batch 1 whose shape of a Reshape, and whose PRelu's slopes, are computed. */
function computingNetwork(): Uint8Array {
  const graph = new OnnxGraph('computing');
  const x = graph.input('x', ONNX_TYPE.float, [1, 3, 2, 2]);
  const slopes = graph.node('Mul', [graph.floats([0.5, 1, 2], [3, 1, 1]), graph.floats([2], [1])]);
  const bent = graph.node('PRelu', [x, slopes]);
  const batch = graph.node('Slice', [graph.node('Shape', [x]), graph.integers([0]), graph.integers([1])]);
  const shape = graph.node('Concat', [batch, graph.integers([12])], { axis: 0 });
  graph.node('Reshape', [bent, shape], {}, 'y');
  graph.output('y', ONNX_TYPE.float, [1, 12]);
  return graph.toBytes();
}

describe('openBatch', () => {
  it('gives for a batch what the network gave for each, under the new names', async () => {
    const data = Float32Array.from({ length: 36 }, (_, index) => (index % 5) - 2);
    const original = await new OnnxRuntimeBackend().load(tinyNetwork());
    const opened = await new OnnxRuntimeBackend().load(openBatch(tinyNetwork(), CONVERSION));

    const batch = outputOf(
      await opened.run({ image: { type: 'float32', data, shape: [3, 3, 2, 2] } }),
      'embedding',
    );

    expect(batch.shape).toEqual([3, 12]);
    for (const [index, start] of [0, 12, 24].entries()) {
      const one = { type: 'float32', data: data.slice(start, start + 12), shape: [1, 3, 2, 2] } as const;
      const { data: wanted } = outputOf(await original.run({ x: one }), 'y');
      expect([...batch.data.subarray(12 * index, 12 * index + 12)]).toEqual([...wanted]);
    }
    await Promise.all([original.release(), opened.release()]);
  });

  it('leaves what is computed to follow the batch by itself', async () => {
    const data = Float32Array.from({ length: 24 }, (_, index) => (index % 5) - 2);
    const opened = await new OnnxRuntimeBackend().load(openBatch(computingNetwork(), CONVERSION));

    const { data: values } = outputOf(
      await opened.run({ image: { type: 'float32', data, shape: [2, 3, 2, 2] } }),
      'embedding',
    );

    const slopes = [1, 2, 4];
    const wanted = [...data].map((x, at) => (x < 0 ? x * (slopes[Math.floor(at / 4) % 3] as number) : x));
    expect([...values]).toEqual(wanted);
    await opened.release();
  });

  it('opens a Reshape whose shape is written number by number', async () => {
    const model = onnx.ModelProto.decode(tinyNetwork());
    const shape = model.graph?.initializer?.find(({ dataType }) => dataType === ONNX_TYPE.int64);
    Object.assign(shape ?? {}, { rawData: new Uint8Array(), int64Data: [1, -1] });
    const bytes = onnx.ModelProto.encode(model).finish();
    const data = new Float32Array(24).fill(1);

    const opened = await new OnnxRuntimeBackend().load(openBatch(bytes, CONVERSION));

    const results = await opened.run({ image: { type: 'float32', data, shape: [2, 3, 2, 2] } });
    expect(outputOf(results, 'embedding').shape).toEqual([2, 12]);
    await opened.release();
  });

  it('gives the same bytes every time', () => {
    expect(openBatch(tinyNetwork(), CONVERSION)).toEqual(openBatch(tinyNetwork(), CONVERSION));
  });
});
