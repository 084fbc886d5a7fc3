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

/** What a {@link poolingNetwork} takes and gives. */
export interface PoolingNetwork {
  /** Declared sizes of the input `x`: batch, planes, height, width, where a string is open. Default 112 x 112 RGB. */
  readonly input?: readonly [batch: number | string, planes: number, height: number, width: number];
  /** How many numbers each output gives. */
  readonly outputs: Readonly<Record<string, number>>;
  /** Whether each picture's numbers depend on the others of its batch, as no sound network's do. */
  readonly mixes?: boolean;
  /** The shape that each face's numbers are brought to first; default one that follows the batch. */
  readonly reshape?: readonly number[];
}

/** Rows and columns that a {@link poolingNetwork} sees. */
export const POOLED_CELLS = 4;

/** What a {@link poolingNetwork} weighs its cells with, row-major: one row for each cell of each plane. */
export function poolingWeights(rows: number, columns: number): Float32Array {
  return Float32Array.from({ length: rows * columns }, (_, index) => Math.sin(index * 1.7));
}

/** A small network that tells pictures apart: each output is the means of 4 x 4 cells, weighed. */
export function poolingNetwork({
  input: sizes = ['batch', 3, 112, 112],
  outputs,
  reshape = [0, -1],
  mixes = false,
}: PoolingNetwork): Uint8Array {
  const [batch, planes, height, width] = sizes;
  const graph = new OnnxGraph('pooling');
  const x = graph.input('x', ONNX_TYPE.float, sizes);
  const cell = [height / POOLED_CELLS, width / POOLED_CELLS];
  const cells = graph.node('AveragePool', [x], { kernel_shape: cell, strides: cell });
  const mean = graph.node('ReduceMean', [cells, graph.integers([0])]);
  const own = mixes ? graph.node('Sub', [cells, graph.node('Mul', [mean, graph.floats([0.5], [1])])]) : cells;
  const flat = graph.node('Reshape', [own, graph.integers(reshape)]);
  for (const [name, count] of Object.entries(outputs)) {
    const rows = POOLED_CELLS ** 2 * planes;
    graph.node('MatMul', [flat, graph.floats(poolingWeights(rows, count), [rows, count])], {}, name);
    graph.output(name, ONNX_TYPE.float, [batch, count]);
  }
  return graph.toBytes();
}
