import { FaceCoreError } from '../../errors';
import { ONNX_TYPE, OnnxGraph, type Dimension } from '../../runtime/onnx-graph';
import { denseToChw, kernelToOihw, type KernelShape } from './layout';
import { findPrelus, findSoftmaxes, type PreluMatch } from './fusions';
import { samePadding, scaleInner, withNormalisation, type ConvolutionWeights } from './weights';
import { readTflite, type TfliteGraph, type TfliteOperator, type TfliteWindow } from './tflite-reader';

/** How a TFLite file becomes ONNX; part of a model's entry in the lock, since it decides the result's bytes. */
export interface TfliteConversion {
  /** The network was trained on transposed pictures; bake the transposition into its weights. */
  readonly swapped: boolean;
  /** Height and width of the input are open. Otherwise they are the file's own. */
  readonly dynamicSize: boolean;
  /** Take `(x - mean) / scale` into the first convolution, so that raw 0 to 255 goes in. */
  readonly normalisation?: { readonly mean: number; readonly scale: number };
  /** Name of the result's input, `[N, 3, height, width]`. */
  readonly input: string;
  /** Name in the result of each output, by its name in the file. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Converts a TFLite network (float32, NHWC) to ONNX (float32, NCHW, any batch).
 *
 * Parametric ReLUs and softmaxes that TFLite spells out are recognised; `SAME` padding becomes explicit. The same
 * bytes and conversion always give the same bytes.
 *
 * @throws {FaceCoreError} `models/unsupported`
 */
export function tfliteToOnnx(bytes: Uint8Array, conversion: TfliteConversion): Uint8Array {
  return new Converter(readTflite(bytes), conversion).convert();
}

class Converter {
  readonly #graph = new OnnxGraph('munjigi');
  /** ONNX name of each TFLite tensor that is computed. */
  readonly #names = new Map<number, string>();
  /** What each channel of a computed tensor still has to be multiplied by; its readers fold it into their weights. */
  readonly #scales = new Map<number, Float32Array>();

  constructor(
    private readonly source: TfliteGraph,
    private readonly conversion: TfliteConversion,
  ) {}

  convert(): Uint8Array {
    const { source, conversion } = this;
    const input = source.inputs[0] ?? -1;
    const [, height = 0, width = 0, channels = 0] = this.#shape(input);
    const size: Dimension[] = conversion.dynamicSize ? ['height', 'width'] : [height, width];
    this.#names.set(
      input,
      this.#graph.input(conversion.input, ONNX_TYPE.float, ['batch', channels, ...size]),
    );

    const fused = new Map<TfliteOperator, () => void>();
    for (const match of findPrelus(source)) {
      for (const operator of match.operators) fused.set(operator, () => undefined);
      fused.set(match.operators.at(-1) as TfliteOperator, () => this.#prelu(match));
    }
    for (const match of findSoftmaxes(source)) {
      for (const operator of match.operators) fused.set(operator, () => undefined);
      fused.set(match.operators.at(-1) as TfliteOperator, () => {
        this.#define(match.output, 'Softmax', [this.#name(match.input)], { axis: 1 });
      });
    }
    for (const operator of source.operators) (fused.get(operator) ?? (() => this.#operator(operator)))();

    for (const index of source.outputs) this.#declareOutput(index);
    return this.#graph.toBytes();
  }

  #operator(operator: TfliteOperator): void {
    const [input = -1, second = -1] = operator.inputs;
    const output = operator.outputs[0] ?? -1;
    switch (operator.kind) {
      case 'conv2d':
      case 'depthwiseConv2d':
        return this.#convolution(operator);
      case 'maxPool2d':
        return this.#maxPool(operator);
      case 'fullyConnected':
        return this.#dense(operator);
      case 'add':
        return this.#define(output, 'Add', [this.#name(input), this.#name(second)]);
      case 'reshape':
        return this.#define(output, 'Flatten', [this.#name(input)], { axis: 1 });
      default:
        throw new FaceCoreError('models/unsupported', `The converter does not know ${operator.kind} alone.`);
    }
  }

  #convolution(operator: TfliteOperator): void {
    const [input = -1, kernel = -1, bias = -1] = operator.inputs;
    const window = operator.window as TfliteWindow;
    const { swapped } = this.conversion;
    const [outs, height, width, inputs] = this.#shape(kernel) as unknown as KernelShape;
    const depthwise = operator.kind === 'depthwiseConv2d';
    // A depthwise kernel is [1, h, w, channels]: read as OHWI its OIHW is [1, channels, h, w], which ONNX calls
    // [channels, 1, h, w]. The innermost index is the input channel in both kinds.
    const scaled = scaleInner(this.#values(kernel), this.#scales.get(input));
    const folded = this.#foldNormalisation(input, { kernel: scaled, bias: this.#values(bias) }, window);
    const weights = kernelToOihw(folded.kernel, [outs, height, width, inputs], swapped);
    const sizes = swapped ? [width, height] : [height, width];
    const shape = depthwise ? [inputs, 1, ...sizes] : [outs, inputs, ...sizes];
    const channels = depthwise ? inputs : outs;
    this.#define(
      operator.outputs[0] ?? -1,
      'Conv',
      [this.#name(input), this.#graph.floats(weights, shape), this.#graph.floats(folded.bias, [channels])],
      {
        kernel_shape: sizes,
        strides: this.#ordered(window.strideHeight, window.strideWidth),
        pads: this.#pads(input, window, [height, width]),
        group: depthwise ? inputs : 1,
      },
    );
  }

  #maxPool(operator: TfliteOperator): void {
    const input = operator.inputs[0] ?? -1;
    const window = operator.window as TfliteWindow;
    const filter = [window.filterHeight, window.filterWidth] as const;
    const common = {
      kernel_shape: this.#ordered(...filter),
      strides: this.#ordered(window.strideHeight, window.strideWidth),
    };
    // Where the filter is as large as its stride, SAME pads at the end only, whatever the size: rounding up.
    const roundsUp =
      window.padding === 'same' && filter[0] === window.strideHeight && filter[1] === window.strideWidth;
    const attributes = roundsUp
      ? { ...common, ceil_mode: 1 }
      : { ...common, pads: this.#pads(input, window, filter) };
    const output = operator.outputs[0] ?? -1;
    const scale = this.#scales.get(input);
    if (scale) this.#scales.set(output, scale);
    this.#define(output, 'MaxPool', [this.#name(input)], attributes);
  }

  #dense(operator: TfliteOperator): void {
    const [input = -1, weights = -1, bias = -1] = operator.inputs;
    const shape = this.#shape(input);
    let values = scaleInner(this.#values(weights), this.#scales.get(input));
    let from = this.#name(input);
    if (shape.length === 4) {
      const [, height = 0, width = 0, channels = 0] = shape;
      values = denseToChw(values, { height, width, channels }, this.conversion.swapped);
      from = this.#graph.node('Flatten', [from], { axis: 1 });
    }
    this.#define(
      operator.outputs[0] ?? -1,
      'Gemm',
      [
        from,
        this.#graph.floats(values, this.#shape(weights)),
        this.#graph.floats(this.#values(bias), this.#shape(bias)),
      ],
      { transB: 1 },
    );
  }

  /**
   * A parametric ReLU of slope a as `(1 - a) * (relu(x) + x * a / (1 - a))`, which is exact and, unlike ONNX's PRelu,
   * leaves the runtime its blocked layout. The outer factor goes into the weights of whatever reads the result.
   */
  #prelu({ input, output, slopes }: PreluMatch): void {
    const x = this.#name(input);
    const shape = this.#shape(input).length === 4 ? [slopes.length, 1, 1] : [slopes.length];
    const relu = this.#graph.node('Relu', [x]);
    const times = (value: string, factors: Float32Array) =>
      this.#graph.node('Mul', [value, this.#graph.floats(factors, shape)]);
    const outer = slopes.map((slope) => 1 - slope);
    if (this.#foldsInto(output, outer)) {
      this.#scales.set(output, outer);
      const inner = slopes.map((slope) => slope / (1 - slope));
      this.#define(output, 'Add', [times(x, inner), relu]);
    } else {
      this.#define(output, 'Add', [times(relu, outer), times(x, slopes)]);
    }
  }

  /** Whether all readers of a tensor can take a factor for each of its channels into their weights. */
  #foldsInto(tensor: number, factors: Float32Array): boolean {
    if (this.source.outputs.includes(tensor) || factors.some((factor) => Math.abs(factor) < 1e-4))
      return false;
    return this.source.operators
      .filter((operator) => operator.inputs.includes(tensor))
      .every((reader) => {
        if (reader.kind !== 'maxPool2d') return WEIGHTED.has(reader.kind) && reader.inputs[0] === tensor;
        // The greatest of negated values is not the negated greatest.
        return factors.every((factor) => factor > 0) && this.#foldsInto(reader.outputs[0] ?? -1, factors);
      });
  }

  #foldNormalisation(input: number, weights: ConvolutionWeights, window: TfliteWindow): ConvolutionWeights {
    const { normalisation } = this.conversion;
    if (!normalisation || input !== this.source.inputs[0]) return weights;
    if (window.padding !== 'valid') {
      throw new FaceCoreError('models/unsupported', 'Normalisation cannot go into a padded convolution.');
    }
    return withNormalisation(weights, normalisation);
  }

  #pads(input: number, window: TfliteWindow, filter: readonly [number, number]): number[] {
    if (window.padding === 'valid' || (filter[0] === 1 && filter[1] === 1)) return [0, 0, 0, 0];
    if (this.conversion.dynamicSize) {
      throw new FaceCoreError('models/unsupported', 'SAME padding depends on the size, which is open.');
    }
    const [, height = 0, width = 0] = this.#shape(input);
    const [top, bottom] = samePadding(height, filter[0], window.strideHeight);
    const [left, right] = samePadding(width, filter[1], window.strideWidth);
    return [...this.#ordered(top, left), ...this.#ordered(bottom, right)];
  }

  /** A pair along TFLite's height and width, as a pair along ours. */
  #ordered(height: number, width: number): [number, number] {
    return this.conversion.swapped ? [width, height] : [height, width];
  }

  #declareOutput(index: number): void {
    const { name, shape } = this.source.tensors[index] as { name: string; shape: readonly number[] };
    const wanted = this.conversion.outputs[name];
    if (!wanted) throw new FaceCoreError('models/unsupported', `The file has an unexpected output ${name}.`);
    this.#graph.node('Identity', [this.#name(index)], {}, wanted);
    const [, ...rest] = shape;
    const dimensions = rest.length === 3 ? [rest[2] as number, `${wanted}_height`, `${wanted}_width`] : rest;
    this.#graph.output(wanted, ONNX_TYPE.float, ['batch', ...dimensions]);
  }

  #define(
    tensor: number,
    operator: string,
    inputs: string[],
    attributes: Parameters<OnnxGraph['node']>[2] = {},
  ): void {
    this.#names.set(tensor, this.#graph.node(operator, inputs, attributes));
  }

  #name(tensor: number): string {
    const name = this.#names.get(tensor);
    if (!name)
      throw new FaceCoreError('models/unsupported', `Tensor ${tensor} is used before it is computed.`);
    return name;
  }

  #shape(tensor: number): readonly number[] {
    return this.source.tensors[tensor]?.shape ?? [];
  }

  #values(tensor: number): Float32Array {
    const values = this.source.tensors[tensor]?.values;
    if (!values) throw new FaceCoreError('models/unsupported', `Tensor ${tensor} is no constant.`);
    return values;
  }
}

/** Operators that multiply each input channel by weights of their own. */
const WEIGHTED: ReadonlySet<string> = new Set(['conv2d', 'depthwiseConv2d', 'fullyConnected']);
