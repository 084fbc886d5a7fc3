/** Weights whose innermost index is the input channel, each multiplied by its channel's factor. */
export function scaleInner(weights: Float32Array, factors: Float32Array | undefined): Float32Array {
  return factors ? weights.map((weight, at) => weight * (factors[at % factors.length] as number)) : weights;
}

/** What TFLite's SAME adds before and after a side so that the result has `ceil(size / stride)` cells. */
export function samePadding(size: number, filter: number, stride: number): [before: number, after: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + filter - size);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** A convolution's numbers: the kernel with the output channel outermost, and one bias for each. */
export interface ConvolutionWeights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

/** Weights that give for raw values what the given ones give for `(value - mean) / scale`. Padding would break this. */
export function withNormalisation(
  { kernel, bias }: ConvolutionWeights,
  normalisation: { readonly mean: number; readonly scale: number },
): ConvolutionWeights {
  const perOutput = kernel.length / bias.length;
  return {
    kernel: kernel.map((weight) => weight / normalisation.scale),
    bias: bias.map((value, out) => {
      let sum = 0;
      for (const weight of kernel.subarray(out * perOutput, (out + 1) * perOutput)) sum += weight;
      return value - (sum * normalisation.mean) / normalisation.scale;
    }),
  };
}
