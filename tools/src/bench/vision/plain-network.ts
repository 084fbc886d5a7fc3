import { onnx } from 'onnx-proto';

type Node = onnx.INodeProto;
type TensorProto = onnx.ITensorProto;

/**
 * Gives a network its parametric ReLUs back, where they are spelled out for the sake of one runtime.
 *
 * Other runtimes have a kernel for PRelu and are up to twice as fast with it: a peer must be measured on the network
 * as it was trained. Two spellings are known, exact both: `relu(x) * c + x * a` with c = 1 - a, and `relu(x) + x * m`,
 * which is PRelu with slope m / (1 + m), made 1 + m times larger. The factor goes into the convolutions that follow or,
 * where it is positive everywhere, into the layer before.
 *
 * @returns the network as ONNX and how many were found
 */
export function withPlainPrelus(bytes: Uint8Array): { bytes: Uint8Array; prelus: number } {
  const model = onnx.ModelProto.decode(bytes);
  const graph = model.graph as onnx.GraphProto;
  const network = new Network(graph);
  const replaced = graph.node.flatMap((node) => {
    const match = network.preluEndingIn(node);
    return match ? [{ node, match }] : [];
  });
  const dropped = new Set<Node>();
  for (const { node, match } of replaced) {
    for (const part of match.parts) dropped.add(part);
    const slopes = `${node.output?.[0]}/slope`;
    graph.initializer.push(constant(slopes, match.slopes, match.shape));
    network.scaleAround(match.input, node.output?.[0] ?? '', match.gains);
    Object.assign(node, { opType: 'PRelu', input: [match.input, slopes], attribute: [] });
  }
  graph.node = graph.node.filter((node) => !dropped.has(node));
  network.dropUnusedConstants();
  return { bytes: onnx.ModelProto.encode(model).finish(), prelus: replaced.length };
}

interface PreluMatch {
  readonly input: string;
  readonly slopes: Float32Array;
  readonly shape: readonly number[];
  /** What the PRelu's result must be multiplied by, channel by channel. */
  readonly gains: Float32Array;
  /** Nodes that the PRelu replaces, without the last. */
  readonly parts: readonly Node[];
}

class Network {
  readonly #producers: Map<string, Node>;
  readonly #constants: Map<string, TensorProto>;

  constructor(private readonly graph: onnx.GraphProto) {
    this.#producers = new Map(
      graph.node.flatMap((node) => (node.output ?? []).map((name) => [name, node] as const)),
    );
    this.#constants = new Map(graph.initializer.map((tensor) => [tensor.name ?? '', tensor]));
  }

  preluEndingIn(add: Node): PreluMatch | undefined {
    if (add.opType !== 'Add') return undefined;
    const [first, second] = (add.input ?? []).map((name) => this.#producers.get(name));
    const match = this.#match(first, second) ?? this.#match(second, first);
    if (!match) return undefined;
    const foldable =
      match.gains.every((gain) => gain > 0) || this.#convolutionsAfter(add.output?.[0] ?? '') !== undefined;
    return foldable ? match : undefined;
  }

  #match(above: Node | undefined, below: Node | undefined): PreluMatch | undefined {
    const scaledBelow = this.#scaled(below);
    if (!scaledBelow || !below) return undefined;
    const { input, factors, shape } = scaledBelow;
    if (above?.opType === 'Relu' && above.input?.[0] === input) {
      return {
        input,
        shape,
        slopes: factors.map((m) => m / (1 + m)),
        gains: factors.map((m) => 1 + m),
        parts: [above, below],
      };
    }
    const scaledAbove = this.#scaled(above);
    const relu = this.#producers.get(scaledAbove?.input ?? '');
    if (!scaledAbove || !above || relu?.opType !== 'Relu' || relu.input?.[0] !== input) return undefined;
    const gains = factors.map((a, channel) => a + (scaledAbove.factors[channel] ?? 0));
    return {
      input,
      shape,
      gains,
      slopes: factors.map((a, channel) => a / (gains[channel] ?? 1)),
      parts: [relu, above, below],
    };
  }

  /** The operands of a product with a constant. */
  #scaled(node: Node | undefined): { input: string; factors: Float32Array; shape: number[] } | undefined {
    if (node?.opType !== 'Mul') return undefined;
    const [left = '', right = ''] = node.input ?? [];
    const input = this.#constants.has(left) ? right : left;
    const tensor = this.#constants.get(this.#constants.has(left) ? left : right);
    if (!tensor) return undefined;
    return { input, factors: valuesOf(tensor), shape: (tensor.dims ?? []).map(Number) };
  }

  /** Multiplies a PRelu's result by working on the layers around it. */
  scaleAround(input: string, output: string, gains: Float32Array): void {
    const after = this.#convolutionsAfter(output);
    for (const weights of after ?? []) {
      const [outs = 1, inputs = 1] = (weights.dims ?? []).map(Number);
      // Planes of a kernel follow one another channel by channel of what goes in; a depthwise one has a plane each.
      const plane = valuesOf(weights).length / (outs * inputs);
      scale(weights, (index) => gains[Math.floor(index / plane) % gains.length] ?? 1);
    }
    if (after) return;
    // Larger by a positive factor before the PRelu is larger by it after.
    for (const name of this.#producers.get(input)?.input?.slice(1) ?? []) {
      const tensor = this.#constants.get(name);
      if (!tensor) throw new Error(`The layer before ${input} has weights that are no constants.`);
      const each = valuesOf(tensor).length / gains.length;
      scale(tensor, (index) => gains[Math.floor(index / each)] ?? 1);
    }
  }

  /** The kernels of all that uses a value, when convolutions alone do. */
  #convolutionsAfter(output: string): TensorProto[] | undefined {
    const users = this.graph.node.filter(({ input }) => input?.includes(output));
    const kernels = users.map(({ opType, input }) =>
      opType === 'Conv' ? this.#constants.get(input?.[1] ?? '') : undefined,
    );
    return kernels.length > 0 && kernels.every((kernel) => kernel !== undefined) ? kernels : undefined;
  }

  dropUnusedConstants(): void {
    const used = new Set(this.graph.node.flatMap((node) => node.input ?? []));
    this.graph.initializer = this.graph.initializer.filter(({ name }) => used.has(name ?? ''));
  }
}

function scale(tensor: TensorProto, factorAt: (index: number) => number): void {
  const scaled = valuesOf(tensor).map((value, index) => value * factorAt(index));
  tensor.floatData = [];
  tensor.rawData = new Uint8Array(scaled.buffer);
}

function valuesOf(tensor: TensorProto): Float32Array {
  if (tensor.floatData?.length) return Float32Array.from(tensor.floatData);
  // Copied, since a view of floats must begin at a multiple of four.
  return new Float32Array(Uint8Array.from(tensor.rawData ?? []).buffer);
}

function constant(name: string, values: Float32Array, dims: readonly number[]): TensorProto {
  const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { name, dataType: onnx.TensorProto.DataType.FLOAT, dims: [...dims], rawData };
}
