import type { LockedNetwork } from '../models/lock';
import { ONNX_TYPE, OnnxGraph } from '../runtime/onnx-graph';

/** Names of the ends of a pixels graph. */
export const PIXELS_END = { crops: 'crops', planes: 'planes' } as const;

/**
 * A graph from crops to what a network wants: uint8 `[batch, height, width, 3]` RGB to float32 NCHW in its channel
 * order, `(value - mean) / scale`.
 */
export function pixelsGraph({ channelOrder, mean, scale }: LockedNetwork['pixels']): Uint8Array {
  const graph = new OnnxGraph('pixels');
  const crops = graph.input(PIXELS_END.crops, ONNX_TYPE.uint8, ['batch', 'height', 'width', 3]);
  let planes = graph.node('Transpose', [crops], { perm: [0, 3, 1, 2] });
  if (channelOrder === 'bgr') planes = graph.node('Gather', [planes, graph.integers([2, 1, 0])], { axis: 1 });
  const floats = graph.node('Cast', [planes], { to: ONNX_TYPE.float });
  const centred = graph.node('Sub', [floats, graph.floats([mean], [1])]);
  graph.node('Div', [centred, graph.floats([scale], [1])], {}, PIXELS_END.planes);
  graph.output(PIXELS_END.planes, ONNX_TYPE.float, ['batch', 3, 'height', 'width']);
  return graph.toBytes();
}
