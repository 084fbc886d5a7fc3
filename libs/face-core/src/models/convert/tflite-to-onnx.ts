import { FaceCoreError } from '../../errors';
import { ONNX_TYPE, OnnxGraph, type Attributes, type Dimension } from '../../runtime/onnx-graph';
import { planActivations, type ActivationPlans } from './activation-plans';
import { plannedWeights, type PlannedRow } from './activation-plan';
import { findPrelus, findSoftmaxes, type PreluMatch, type SoftmaxMatch } from './fusions';
import { findJudgement, judgementRows } from './judgement';
import { denseToChw, kernelToOihw, type KernelShape } from './layout';
import { factorsOf, plainReadout, readThrough, type Readout } from './readout';
import { readTflite, type TfliteGraph, type TfliteOperator, type TfliteWindow } from './tflite-reader';
import { paddedRows, samePadding, withNormalisation, type LayerWeights } from './weights';

/** How a TFLite file becomes ONNX; part of a model's entry in the lock, since it decides the result's bytes. */
export interface TfliteConversion {
  /** The network was trained on transposed pictures; bake the transposition into its weights. */
  readonly swapped: boolean;
  /** Height and width of the input are open. Otherwise they are the file's own. */
  readonly dynamicSize: boolean;
  /** Take `(x - mean) / scale` into the first convolution, so that raw 0 to 255 goes in. */
  readonly normalisation?: { readonly mean: number; readonly scale: number };
  /** Keep parametric ReLUs as ONNX's operator of that name: for runtimes that are good at it. */
  readonly plain?: boolean;
  /** Name of the result's input, `[N, 3, height, width]`. */
  readonly input: string;
  /** Name in the result of each output, by its name in the file. */
  readonly outputs: Readonly<Record<string, string>>;
  /**
   * Name of one output that takes the place of all: in the order of `outputs`, a softmax of two as the logit of its
   * second class, the others as they are.
   */
  readonly judgement?: string;
}

/** Channels are computed in blocks of so many at the most; a tensor of whole blocks is never laid out anew. */
const BLOCK_CHANNELS = 16;

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
  /** How a tensor's channels are read; absent where they are computed as trained. */
  readonly #readouts = new Map<number, Readout>();
  readonly #plans: ActivationPlans;
  readonly #prelus: readonly PreluMatch[];
  readonly #softmaxes: readonly SoftmaxMatch[];

  constructor(
    private readonly source: TfliteGraph,
    private readonly conversion: TfliteConversion,
  ) {
    this.#prelus = findPrelus(source);
    this.#softmaxes = findSoftmaxes(source);
    this.#plans = conversion.plain ? new Map<never, never>() : planActivations(source, this.#prelus);
  }

  convert(): Uint8Array {
    const { source, conversion } = this;
    const input = source.inputs[0] ?? -1;
    const [, height = 0, width = 0, channels = 0] = this.#shape(input);
    const size: Dimension[] = conversion.dynamicSize ? ['height', 'width'] : [height, width];
    const dimensions = ['batch', channels, ...size];
    this.#names.set(input, this.#graph.input(conversion.input, ONNX_TYPE.float, dimensions));

    const replaced = this.#replaced();
    for (const operator of source.operators) (replaced.get(operator) ?? (() => this.#operator(operator)))();
    if (!conversion.judgement) for (const index of source.outputs) this.#declareOutput(index);
    return this.#graph.toBytes();
  }

  /** What happens at operators that stand for something else together: nothing, and the whole at the last. */
  #replaced(): Map<TfliteOperator, () => void> {
    const { source, conversion } = this;
    const replaced = new Map<TfliteOperator, () => void>();
    const replace = (operators: readonly TfliteOperator[], whole: () => void) => {
      for (const operator of operators) replaced.set(operator, () => undefined);
      replaced.set(operators.at(-1) as TfliteOperator, whole);
    };
    for (const match of this.#prelus) replace(match.operators, () => this.#activation(match));
    for (const match of this.#softmaxes) {
      replace(match.operators, () => {
        this.#define(match.output, 'Softmax', [this.#name(match.input)], { axis: 1 });
      });
    }
    if (conversion.judgement) {
      const found = findJudgement(source, this.#softmaxes, Object.keys(conversion.outputs));
      replace(found.operators, () => this.#judgement(found.layers));
    }
    return replaced;
  }

  #operator(operator: TfliteOperator): void {
    const [input = -1, second = -1] = operator.inputs;
    const output = operator.outputs[0] ?? -1;
    switch (operator.kind) {
      case 'conv2d':
      case 'depthwiseConv2d':
      case 'fullyConnected':
        return this.#layer(operator);
      case 'maxPool2d':
        return this.#maxPool(operator);
      case 'add':
        return this.#define(output, 'Add', [this.#name(input), this.#name(second)]);
      case 'reshape':
        return this.#define(output, 'Flatten', [this.#name(input)], { axis: 1 });
      default:
        throw new FaceCoreError('models/unsupported', `The converter does not know ${operator.kind} alone.`);
    }
  }

  /** A convolution or dense layer, with its rows as the activation behind it wants them. */
  #layer(operator: TfliteOperator): void {
    const output = operator.outputs[0] ?? -1;
    const trained = this.#weights(operator);
    const rows = this.#plans.get(output)?.rows;
    const planned = rows ? this.#planned(trained, rows) : trained;
    this.#define(output, ...this.#emitted(operator, planned));
  }

  /** Planned rows, padded to whole blocks where only dense weights and pools come after. */
  #planned(trained: LayerWeights, rows: readonly PlannedRow[]): LayerWeights {
    const { inputs, area, depthwise, kernel } = trained;
    const rowLength = depthwise ? area : inputs * area;
    const planned = { ...trained, ...plannedWeights(trained, rows, rowLength) };
    return kernel && !depthwise ? paddedRows(planned, BLOCK_CHANNELS) : planned;
  }

  /** The operator, inputs and attributes of a layer with these weights. */
  #emitted(operator: TfliteOperator, layer: LayerWeights): [string, string[], Attributes] {
    const { weights, bias, inputs, depthwise, kernel } = layer;
    const input = operator.inputs[0] ?? -1;
    if (!kernel) {
      const isFlat = this.#shape(input).length !== 4;
      const from = isFlat ? this.#name(input) : this.#graph.node('Flatten', [this.#name(input)], { axis: 1 });
      const matrix = this.#graph.floats(weights, [bias.length, weights.length / bias.length]);
      return ['Gemm', [from, matrix, this.#graph.floats(bias, [bias.length])], { transB: 1 }];
    }
    const window = operator.window as TfliteWindow;
    const shape = [bias.length, depthwise ? 1 : inputs, ...kernel];
    return [
      'Conv',
      [this.#name(input), this.#graph.floats(weights, shape), this.#graph.floats(bias, [bias.length])],
      {
        kernel_shape: kernel,
        strides: this.#ordered(window.strideHeight, window.strideWidth),
        pads: this.#pads(input, window, this.#ordered(...kernel)),
        group: depthwise ? inputs : 1,
      },
    ];
  }

  /** A layer's trained weights in our layout, reading its input's computed channels. */
  #weights(operator: TfliteOperator): LayerWeights {
    const [input = -1, kernel = -1, biasIndex = -1] = operator.inputs;
    const { swapped } = this.conversion;
    const bias = this.#values(biasIndex);
    if (operator.kind === 'fullyConnected') {
      const [outputs = 0, length = 0] = this.#shape(kernel);
      const [, height, width, channels] = this.#shape(input);
      const size = { height: height ?? 1, width: width ?? 1, channels: channels ?? length };
      const spatial = this.#shape(input).length === 4 ? size : { height: 1, width: 1, channels: length };
      const area = spatial.height * spatial.width;
      const weights = denseToChw(this.#values(kernel), spatial, swapped);
      return this.#reading(input, { weights, bias, inputs: spatial.channels, area, outputs });
    }
    const [outputs = 0, height = 0, width = 0, inner = 0] = this.#shape(kernel);
    // A depthwise kernel is [1, h, w, channels]: read as OHWI its OIHW is [1, channels, h, w], which ONNX calls
    // [channels, 1, h, w]. The innermost index is the input channel in both kinds.
    const weights = kernelToOihw(
      this.#values(kernel),
      [outputs, height, width, inner] as KernelShape,
      swapped,
    );
    const depthwise = operator.kind === 'depthwiseConv2d';
    return this.#reading(
      input,
      this.#normalised(operator, {
        ...{ weights, bias, depthwise, inputs: inner, area: height * width },
        outputs: depthwise ? inner : outputs,
        kernel: this.#ordered(height, width),
      }),
    );
  }

  #reading(input: number, layer: LayerWeights): LayerWeights {
    const readout = this.#readouts.get(input);
    if (!readout) return layer;
    const { weights, area } = layer;
    if (!layer.depthwise) {
      return { ...layer, weights: readThrough(weights, layer, readout), inputs: readout.computed };
    }
    const factors = factorsOf(readout);
    if (!factors) throw new FaceCoreError('models/unsupported', 'A depthwise layer reads mixed channels.');
    return {
      ...layer,
      weights: weights.map((value, at) => value * (factors[Math.floor(at / area)] as number)),
    };
  }

  #normalised(operator: TfliteOperator, layer: LayerWeights): LayerWeights {
    const { normalisation } = this.conversion;
    if (!normalisation || operator.inputs[0] !== this.source.inputs[0]) return layer;
    if (operator.window?.padding !== 'valid') {
      throw new FaceCoreError('models/unsupported', 'Normalisation cannot go into a padded convolution.');
    }
    return withNormalisation(layer, normalisation);
  }

  #maxPool(operator: TfliteOperator): void {
    const [input = -1, output = -1] = [operator.inputs[0], operator.outputs[0]];
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
    const readout = this.#readouts.get(input);
    if (readout) this.#readouts.set(output, readout);
    this.#define(output, 'MaxPool', [this.#name(input)], attributes);
    const plan = this.#plans.get(input);
    if (plan?.kind === 'pooled-first') this.#activatePooled(output, plan);
  }

  #activation({ input, output, slopes }: PreluMatch): void {
    const x = this.#name(input);
    const isSpatial = this.#shape(input).length === 4;
    const perChannel = (values: Float32Array) =>
      this.#graph.floats(values, isSpatial ? [values.length, 1, 1] : [values.length]);
    const plan = this.#plans.get(input);
    if (plan?.kind === 'pooled-first') {
      this.#names.set(output, x);
      this.#plans.set(output, plan);
      return;
    }
    if (this.conversion.plain) return this.#define(output, 'PRelu', [x, perChannel(slopes)]);
    const relu = this.#graph.node('Relu', [x]);
    const times = (value: string, factors: Float32Array) =>
      this.#graph.node('Mul', [value, perChannel(factors)]);
    if (!plan) {
      const rising = times(relu, slopes.map((slope) => 1 - slope)); // prettier-ignore
      return this.#define(output, 'Add', [rising, times(x, slopes)]);
    }
    const computed = this.#computedChannels(input, plan.rows.length);
    const multipliers = new Float32Array(computed);
    multipliers.set(plan.multipliers);
    this.#readouts.set(output, { ...plan.readout, computed });
    this.#define(output, 'Add', [times(x, multipliers), relu]);
  }

  /** The activation behind its pool, as two 1 x 1 convolutions. */
  #activatePooled(
    pooled: number,
    plan: Extract<ReturnType<ActivationPlans['get']>, { kind: 'pooled-first' }>,
  ) {
    const x = this.#name(pooled);
    const inputs = this.#computedChannels(pooled, plan.rows.length);
    const convolution = (matrix: Float32Array) => {
      const layer = { weights: matrix, bias: new Float32Array(plan.readout.terms.length), area: 1 };
      const shape = { inputs: plan.rows.length, outputs: plan.readout.terms.length };
      const wide = readThrough(layer.weights, { ...shape, area: 1 }, plainReadout(plan.rows.length, inputs));
      const padded = paddedRows({ ...layer, ...shape, inputs, weights: wide }, BLOCK_CHANNELS);
      const dimensions = [padded.outputs, inputs, 1, 1];
      return this.#graph.node(
        'Conv',
        [
          x,
          this.#graph.floats(padded.weights, dimensions),
          this.#graph.floats(padded.bias, [padded.outputs]),
        ],
        { kernel_shape: [1, 1] },
      );
    };
    const rectified = this.#graph.node('Relu', [convolution(plan.rectified)]);
    const computed = Math.ceil(plan.readout.terms.length / BLOCK_CHANNELS) * BLOCK_CHANNELS;
    this.#readouts.set(pooled, { ...plan.readout, computed });
    this.#define(pooled, 'Add', [convolution(plan.linear), rectified]);
  }

  #judgement(layers: readonly { operator: TfliteOperator; isBinary: boolean }[]): void {
    const rows = judgementRows(
      layers.map(({ operator, isBinary }) => ({ layer: this.#weights(operator), isBinary })),
    );
    const [first] = layers;
    const name = this.conversion.judgement as string;
    const [kind, inputs, attributes] = this.#emitted((first as (typeof layers)[number]).operator, rows);
    this.#graph.node(kind, inputs, attributes, name);
    const places = rows.kernel ? [`${name}_height`, `${name}_width`] : [];
    this.#graph.output(name, ONNX_TYPE.float, ['batch', rows.outputs, ...places]);
  }

  /** Channels that a planned layer's tensor has, padding included. */
  #computedChannels(tensor: number, planned: number): number {
    return this.#shape(tensor).length === 4 && !this.#isDepthwise(tensor) ? Math.ceil(planned / BLOCK_CHANNELS) * BLOCK_CHANNELS : planned; // prettier-ignore
  }

  #isDepthwise(tensor: number): boolean {
    const producer = this.source.operators.find(({ outputs }) => outputs[0] === tensor);
    return producer?.kind === 'depthwiseConv2d';
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

  #define(tensor: number, operator: string, inputs: string[], attributes: Attributes = {}): void {
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
