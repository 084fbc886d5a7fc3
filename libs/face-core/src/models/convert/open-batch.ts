import { onnx } from 'onnx-proto';

import { FaceCoreError } from '../../errors';

/** How an ONNX file of batch 1 is opened; part of a model's entry in the lock, since it decides the result's bytes. */
export interface OpenBatchConversion {
  /** Name of the result's input. */
  readonly input: string;
  /** Name in the result of each output, by its name in the file. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Rewrites an ONNX network of batch 1 to take any batch, renames its ends and spells each PRelu as
 * `relu(x) * (1 - a) + x * a`, which is exact and leaves the runtime its blocked layout. A PRelu whose slope is computed
 * or is no float32 stays what it is.
 *
 * The same bytes and conversion always give the same bytes. Networks that fix their batch by other means than the
 * declared shape and constant Reshapes come out unusable: whoever does not know the network compares.
 *
 * @throws {FaceCoreError} `models/unsupported`
 */
export function openBatch(bytes: Uint8Array, conversion: OpenBatchConversion): Uint8Array {
  const model = onnx.ModelProto.decode(bytes);
  const { graph } = model;
  const input = graph?.input?.find(({ name }) => !graph.initializer?.some((tensor) => tensor.name === name));
  if (!graph || !input)
    throw new FaceCoreError('models/unsupported', 'The ONNX file has no graph with an input.');

  const names = new Map([[input.name ?? '', conversion.input], ...Object.entries(conversion.outputs)]);
  const rename = (name: string) => names.get(name) ?? name;
  const constants = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', tensor]));

  graph.node = (graph.node ?? [])
    .map((node) => ({ ...node, input: node.input?.map(rename), output: node.output?.map(rename) }))
    .flatMap((node) => (node.opType === 'PRelu' ? spelledPrelu(node, constants) : [node]));
  for (const node of graph.node) {
    if (node.opType === 'Reshape') openReshape(node, graph.node, constants);
  }
  graph.initializer = [...constants.values()];
  for (const value of [input, ...(graph.output ?? [])]) {
    value.name = rename(value.name ?? '');
    const first = value.type?.tensorType?.shape?.dim?.[0];
    if (first) Object.assign(first, { dimValue: undefined, dimParam: 'batch' });
  }
  // Shapes that were recorded for batch 1.
  graph.valueInfo = [];
  return onnx.ModelProto.encode(model).finish();
}

function spelledPrelu(node: onnx.INodeProto, constants: Map<string, onnx.ITensorProto>): onnx.INodeProto[] {
  const [x = '', slopeName = ''] = node.input ?? [];
  const slope = constants.get(slopeName);
  const output = node.output?.[0] ?? '';
  if (slope?.dataType !== onnx.TensorProto.DataType.FLOAT) return [node];
  const values = floatsOf(slope);
  const above = `${slopeName}/above`;
  constants.set(slopeName, tensor(slopeName, values, slope.dims));
  constants.set(above, tensor(above, values.map((value) => 1 - value), slope.dims)); // prettier-ignore
  const step = (opType: string, input: string[], name: string): onnx.INodeProto => ({
    opType,
    name,
    input,
    output: [name],
  });
  return [
    step('Relu', [x], `${output}/relu`),
    step('Mul', [`${output}/relu`, above], `${output}/above`),
    step('Mul', [x, slopeName], `${output}/below`),
    step('Add', [`${output}/above`, `${output}/below`], output),
  ];
}

/** A Reshape to `[1, …]` keeps its batch instead. */
function openReshape(
  reshape: onnx.INodeProto,
  nodes: onnx.INodeProto[],
  constants: Map<string, onnx.ITensorProto>,
): void {
  const name = reshape.input?.[1] ?? '';
  const maker = nodes.find((node) => node.opType === 'Constant' && node.output?.[0] === name);
  const shape = constants.get(name) ?? maker?.attribute?.[0]?.t;
  // One that is computed follows the batch by itself.
  if (!shape) return;
  const sizes = integersOf(shape);
  // 0 copies the size of the input's dimension.
  if (sizes[0] === 1n) sizes[0] = 0n;
  shape.int64Data = [];
  shape.rawData = new Uint8Array(sizes.buffer);
}

function integersOf(source: onnx.ITensorProto): BigInt64Array {
  if (source.rawData?.length) return new BigInt64Array(Uint8Array.from(source.rawData).buffer);
  const values: readonly unknown[] = source.int64Data ?? [];
  return BigInt64Array.from(values, (value) => BigInt(String(value)));
}

function floatsOf(source: onnx.ITensorProto): Float32Array {
  if (source.rawData?.length) return new Float32Array(Uint8Array.from(source.rawData).buffer);
  return Float32Array.from(source.floatData ?? []);
}

function tensor(name: string, values: Float32Array, dims: onnx.ITensorProto['dims']): onnx.ITensorProto {
  return { name, dims, dataType: onnx.TensorProto.DataType.FLOAT, rawData: new Uint8Array(values.buffer) };
}
