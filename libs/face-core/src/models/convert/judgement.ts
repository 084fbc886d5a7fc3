import { FaceCoreError } from '../../errors';
import type { SoftmaxMatch } from './fusions';
import type { TfliteGraph, TfliteOperator } from './tflite-reader';
import type { LayerWeights } from './weights';

/** A layer that gives a part of a judgement. */
export interface JudgementLayer {
  readonly operator: TfliteOperator;
  /** Two logits behind which a softmax stood. */
  readonly isBinary: boolean;
}

/**
 * Finds the layers that give a network's outputs, in the order of their names, and all operators that one layer will
 * take the place of.
 *
 * @throws {FaceCoreError} `models/unsupported` when they do not all read the same tensor
 */
export function findJudgement(
  graph: TfliteGraph,
  softmaxes: readonly SoftmaxMatch[],
  names: readonly string[],
): { layers: JudgementLayer[]; operators: TfliteOperator[] } {
  const layers = names.map((name) => {
    const output = graph.tensors.findIndex((tensor) => tensor.name === name);
    const softmax = softmaxes.find((match) => match.output === output);
    const tensor = softmax ? softmax.input : output;
    const operator = graph.operators.find(({ outputs }) => outputs[0] === tensor);
    if (!operator) throw unsupported(`no layer gives ${name}`);
    return { operator, isBinary: softmax !== undefined, softmax };
  });
  if (new Set(layers.map(({ operator }) => operator.inputs[0])).size !== 1) {
    throw unsupported('the outputs are made of different tensors');
  }
  const operators = layers.flatMap(({ operator, softmax }) => [operator, ...(softmax?.operators ?? [])]);
  return { layers, operators: graph.operators.filter((operator) => operators.includes(operator)) };
}

/** The rows of all layers as those of one; of two logits the second less the first. */
export function judgementRows(
  parts: readonly { readonly layer: LayerWeights; readonly isBinary: boolean }[],
): LayerWeights {
  const [first] = parts;
  if (!first) throw unsupported('there is no output');
  const rows = parts.flatMap(({ layer, isBinary }) => {
    const length = layer.weights.length / layer.bias.length;
    const all = Array.from(layer.bias, (bias, row) => ({
      weights: layer.weights.subarray(row * length, (row + 1) * length),
      bias,
    }));
    if (!isBinary) return all;
    const [no, yes] = all;
    if (!no || !yes || all.length !== 2) throw unsupported('a softmax of other than two classes');
    const difference = yes.weights.map((value, at) => value - (no.weights[at] as number));
    return [{ weights: difference, bias: yes.bias - no.bias }];
  });
  return {
    ...first.layer,
    outputs: rows.length,
    weights: Float32Array.from(rows.flatMap(({ weights }) => [...weights])),
    bias: Float32Array.from(rows, ({ bias }) => bias),
  };
}

function unsupported(what: string): FaceCoreError {
  return new FaceCoreError('models/unsupported', `The network gives no one judgement: ${what}.`);
}
