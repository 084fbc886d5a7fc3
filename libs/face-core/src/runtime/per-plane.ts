import type { OnnxGraph } from './onnx-graph';

/** Adds a constant that counts for all planes of an NCHW value, or one for each. @returns its name */
export function perPlane(graph: OnnxGraph, values: number | readonly number[]): string {
  if (typeof values === 'number') return graph.floats([values], [1]);
  return graph.floats(values, [1, values.length, 1, 1]);
}
