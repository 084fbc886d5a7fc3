import { onnx } from 'onnx-proto';

/** Element types that our graphs use. */
export const ONNX_TYPE = { float: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const;

/** A dimension: a size, or the name of one that is known when the graph runs. */
export type Dimension = number | string;

/** Values that an operator takes beside its inputs. A whole number is an int, `{ float }` is a float. */
export type Attributes = Readonly<Record<string, number | readonly number[] | string | { float: number }>>;

const OPSET = 18;
const IR_VERSION = 8;

/**
 * Builds an ONNX model node by node. The same calls always give the same bytes.
 *
 * Values are known by name; names of computed values are made up in order unless given.
 */
export class OnnxGraph {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #initializers: onnx.ITensorProto[] = [];
  readonly #inputs: onnx.IValueInfoProto[] = [];
  readonly #outputs: onnx.IValueInfoProto[] = [];
  #count = 0;

  constructor(readonly name: string) {}

  /** Declares an input. @returns its name */
  input(name: string, type: number, dimensions: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, type, dimensions));
    return name;
  }

  /** Declares a computed value as an output, under its own name. */
  output(name: string, type: number, dimensions: readonly Dimension[]): void {
    this.#outputs.push(valueInfo(name, type, dimensions));
  }

  /** Adds a float constant, row-major. @returns its name */
  floats(values: Float32Array | readonly number[], dimensions: readonly number[]): string {
    return this.#constant(ONNX_TYPE.float, Float32Array.from(values), dimensions);
  }

  /** Adds an int64 constant, row-major. @returns its name */
  integers(values: readonly number[], dimensions: readonly number[] = [values.length]): string {
    return this.#constant(ONNX_TYPE.int64, BigInt64Array.from(values, BigInt), dimensions);
  }

  /** Adds an operator with one output. @returns the output's name */
  node(operator: string, inputs: readonly string[], attributes: Attributes = {}, output?: string): string {
    const name = output ?? this.#fresh(operator);
    this.nodeWithOutputs(operator, inputs, [name], attributes);
    return name;
  }

  /** Adds an operator whose outputs have the names given. */
  nodeWithOutputs(
    operator: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes = {},
  ): void {
    this.#nodes.push({
      opType: operator,
      name: `${operator}_${this.#nodes.length}`,
      input: [...inputs],
      output: [...outputs],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
  }

  /**
   * Takes over all nodes and constants of another model, its names prefixed so that none clash.
   *
   * @param bindings what each of the model's inputs is in this graph
   * @returns the name in this graph of each of the model's outputs, by its name there
   */
  inline(bytes: Uint8Array, prefix: string, bindings: Readonly<Record<string, string>>): Map<string, string> {
    const { graph } = onnx.ModelProto.decode(bytes);
    const rename = (name: string) => (name === '' ? '' : (bindings[name] ?? `${prefix}/${name}`));
    for (const tensor of graph?.initializer ?? []) {
      this.#initializers.push({ ...tensor, name: rename(tensor.name ?? '') });
    }
    for (const node of graph?.node ?? []) {
      this.#nodes.push({
        opType: node.opType,
        attribute: node.attribute,
        name: `${prefix}/${node.name ?? ''}`,
        input: (node.input ?? []).map(rename),
        output: (node.output ?? []).map(rename),
      });
    }
    return new Map((graph?.output ?? []).map(({ name }) => [name ?? '', rename(name ?? '')]));
  }

  /** The model as a protobuf, ready for a session or a file. */
  toBytes(): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: IR_VERSION,
      producerName: 'munjigi',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: {
        name: this.name,
        node: this.#nodes,
        initializer: this.#initializers,
        input: this.#inputs,
        output: this.#outputs,
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }

  #constant(type: number, values: Float32Array | BigInt64Array, dimensions: readonly number[]): string {
    const name = this.#fresh('const');
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initializers.push({ name, dataType: type, dims: [...dimensions], rawData });
    return name;
  }

  #fresh(kind: string): string {
    this.#count += 1;
    return `${kind.toLowerCase()}_${this.#count}`;
  }
}

function valueInfo(name: string, type: number, dimensions: readonly Dimension[]): onnx.IValueInfoProto {
  const dim = dimensions.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: type, shape: { dim } } } };
}

function attribute(name: string, value: Attributes[string]): onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
