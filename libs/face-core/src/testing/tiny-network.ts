import { ONNX_TYPE, OnnxGraph } from '../runtime/onnx-graph';

/** A network of batch 1 with a PRelu and a Reshape to `[1, 12]`: what `openBatch` opens. Input `x` `[1, 3, 2, 2]`. */
export function tinyNetwork(): Uint8Array {
  const graph = new OnnxGraph('tiny');
  const x = graph.input('x', ONNX_TYPE.float, [1, 3, 2, 2]);
  const slopes = graph.floats([0.25, 2, -1], [3, 1, 1]);
  const bent = graph.node('PRelu', [x, slopes]);
  graph.node('Reshape', [bent, graph.integers([1, -1])], {}, 'y');
  graph.output('y', ONNX_TYPE.float, [1, 12]);
  return graph.toBytes();
}
