/** The numbers of one convolution or dense layer in ONNX's layout, and their shape. */
export interface LayerWeights {
  /** `[outputs, inputs, area]`, of a depthwise layer `[outputs, area]`. */
  readonly weights: Float32Array;
  /** One for each output. */
  readonly bias: Float32Array;
  readonly outputs: number;
  readonly inputs: number;
  /** Positions of the kernel, or of what a dense layer flattens. */
  readonly area: number;
  readonly depthwise?: boolean;
  /** Height and width of a convolution's kernel; absent for a dense layer. */
  readonly kernel?: [height: number, width: number];
}

/** What TFLite's SAME adds before and after a side so that the result has `ceil(size / stride)` cells. */
export function samePadding(size: number, filter: number, stride: number): [before: number, after: number] {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + filter - size);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/** Weights that give for raw values what the given ones give for `(value - mean) / scale`. Padding would break this. */
export function withNormalisation(
  layer: LayerWeights,
  normalisation: { readonly mean: number; readonly scale: number },
): LayerWeights {
  const { weights, bias } = layer;
  const perOutput = weights.length / bias.length;
  return {
    ...layer,
    weights: weights.map((weight) => weight / normalisation.scale),
    bias: bias.map((value, out) => {
      let sum = 0;
      for (const weight of weights.subarray(out * perOutput, (out + 1) * perOutput)) sum += weight;
      return value - (sum * normalisation.mean) / normalisation.scale;
    }),
  };
}

/** The layer with outputs of zeros added up to a multiple of `block`. */
export function paddedRows(layer: LayerWeights, block: number): LayerWeights {
  const rowLength = layer.weights.length / layer.bias.length;
  const outputs = Math.ceil(layer.bias.length / block) * block;
  const weights = new Float32Array(outputs * rowLength);
  weights.set(layer.weights);
  const bias = new Float32Array(outputs);
  bias.set(layer.bias);
  return { ...layer, weights, bias, outputs };
}
