import type { TfliteGraph, TfliteOperator } from './tflite-reader';

/** A parametric ReLU that TFLite spells as several operators. */
export interface PreluMatch {
  /** Tensor that goes in and tensor that comes out. */
  readonly input: number;
  readonly output: number;
  /** Slope of each channel below zero. */
  readonly slopes: Float32Array;
  /** The operators that it replaces. */
  readonly operators: readonly TfliteOperator[];
}

/**
 * Finds the parametric ReLUs of a graph.
 *
 * Two spellings occur: `relu(x) + a * -relu(-x)`, whose slope is a, and `relu(x) + c * (x - |x|)`, whose slope is
 * 2c, since x - |x| is 2x below zero.
 */
export function findPrelus(graph: TfliteGraph): PreluMatch[] {
  const producers = new Map(graph.operators.map((operator) => [operator.outputs[0] ?? -1, operator]));
  const producerOf = (tensor: number | undefined) => producers.get(tensor ?? -1);
  return graph.operators.flatMap((add) => {
    if (add.kind !== 'add') return [];
    const relu = producerOf(add.inputs[0]);
    const mul = producerOf(add.inputs[1]);
    if (relu?.kind !== 'relu' || mul?.kind !== 'mul') return [];
    const input = relu.inputs[0] ?? -1;
    const slopes = graph.tensors[mul.inputs[0] ?? -1]?.values;
    const tail = producerOf(mul.inputs[1]);
    if (!slopes || !tail) return [];
    const common = { input, output: add.outputs[0] ?? -1 };

    const absolute = producerOf(tail.inputs[1]);
    if (tail.kind === 'sub' && tail.inputs[0] === input && absolute?.kind === 'abs') {
      const doubled = slopes.map((slope) => 2 * slope);
      return [{ ...common, slopes: doubled, operators: [relu, absolute, tail, mul, add] }];
    }
    const inner = producerOf(tail.inputs[0]);
    const negated = producerOf(inner?.inputs[0]);
    if (tail.kind === 'neg' && inner?.kind === 'relu' && negated?.inputs[0] === input) {
      return [{ ...common, slopes, operators: [relu, negated, inner, tail, mul, add] }];
    }
    return [];
  });
}

/** A softmax over channels that TFLite spells as max, subtract, exp, sum and divide. */
export interface SoftmaxMatch {
  readonly input: number;
  readonly output: number;
  readonly operators: readonly TfliteOperator[];
}

/** Finds the softmaxes of a graph. */
export function findSoftmaxes(graph: TfliteGraph): SoftmaxMatch[] {
  const producers = new Map(graph.operators.map((operator) => [operator.outputs[0] ?? -1, operator]));
  return graph.operators.flatMap((div) => {
    if (div.kind !== 'div') return [];
    const exp = producers.get(div.inputs[0] ?? -1);
    const sum = producers.get(div.inputs[1] ?? -1);
    const sub = producers.get(exp?.inputs[0] ?? -1);
    const max = producers.get(sub?.inputs[1] ?? -1);
    if (exp?.kind !== 'exp' || sum?.kind !== 'sum' || sub?.kind !== 'sub' || max?.kind !== 'reduceMax') {
      return [];
    }
    const input = sub.inputs[0] ?? -1;
    return [{ input, output: div.outputs[0] ?? -1, operators: [max, sub, exp, sum, div] }];
  });
}
