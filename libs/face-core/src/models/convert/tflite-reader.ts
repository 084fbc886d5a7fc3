import { ByteBuffer } from 'flatbuffers';

import { FaceCoreError } from '../../errors';

/** The operators of the TFLite schema that the converter knows, by their number there. */
const OPERATORS: Readonly<Record<number, TfliteOperatorKind>> = {
  0: 'add',
  3: 'conv2d',
  4: 'depthwiseConv2d',
  9: 'fullyConnected',
  17: 'maxPool2d',
  18: 'mul',
  19: 'relu',
  22: 'reshape',
  41: 'sub',
  42: 'div',
  47: 'exp',
  59: 'neg',
  74: 'sum',
  82: 'reduceMax',
  101: 'abs',
};

export type TfliteOperatorKind =
  | 'add'
  | 'conv2d'
  | 'depthwiseConv2d'
  | 'fullyConnected'
  | 'maxPool2d'
  | 'mul'
  | 'relu'
  | 'reshape'
  | 'sub'
  | 'div'
  | 'exp'
  | 'neg'
  | 'sum'
  | 'reduceMax'
  | 'abs';

/** A tensor of a TFLite file: NHWC, float32. */
export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Values of a constant; absent for what is computed. */
  readonly values?: Float32Array;
}

/** How a convolution or pool slides. */
export interface TfliteWindow {
  readonly padding: 'same' | 'valid';
  readonly strideHeight: number;
  readonly strideWidth: number;
  /** Pools only; a convolution's size is its kernel's. */
  readonly filterHeight: number;
  readonly filterWidth: number;
}

/** One step of a TFLite graph. */
export interface TfliteOperator {
  readonly kind: TfliteOperatorKind;
  /** Indices of tensors. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Convolutions and pools. */
  readonly window?: TfliteWindow;
}

/** What a TFLite file says, in execution order. */
export interface TfliteGraph {
  readonly tensors: readonly TfliteTensor[];
  readonly operators: readonly TfliteOperator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

const FLOAT32 = 0;
const NO_ACTIVATION = 0;

/**
 * Reads the first graph of a TFLite file (schema version 3, float32).
 *
 * @throws {FaceCoreError} `models/unsupported` for an operator, type or fused activation that the converter does not
 *   know
 * @see the `TFL3` flatbuffer schema of TensorFlow Lite; the numbers below are its field slots
 */
export function readTflite(bytes: Uint8Array): TfliteGraph {
  const buffer = new ByteBuffer(bytes);
  if (!buffer.__has_identifier('TFL3')) throw unsupported('the file is no TFLite model');
  const model = new Table(buffer, buffer.readInt32(0));
  const codes = model.tables(1).map((code) => Math.max(code.int8(0), code.int32(3)));
  const buffers = model.tables(4);
  const graph = model.tables(2)[0];
  if (!graph) throw unsupported('the file has no graph');
  return {
    tensors: graph.tables(0).map((tensor) => readTensor(tensor, buffers)),
    inputs: graph.int32s(1),
    outputs: graph.int32s(2),
    operators: graph.tables(3).map((operator) => readOperator(operator, codes)),
  };
}

function readTensor(table: Table, buffers: readonly Table[]): TfliteTensor {
  const name = table.string(3);
  const shape = table.int32s(0);
  const data = buffers[table.int32(2)]?.bytes(0);
  if (!data?.length) return { name, shape };
  // Constants of other types are axes and shapes, which the converter derives by itself.
  if (table.int8(1) !== FLOAT32) return { name, shape };
  return { name, shape, values: new Float32Array(Uint8Array.from(data).buffer) };
}

function readOperator(table: Table, codes: readonly number[]): TfliteOperator {
  const code = codes[table.int32(0)] ?? -1;
  const kind = OPERATORS[code];
  if (!kind) throw unsupported(`operator ${code}`);
  const operator = { kind, inputs: table.int32s(1), outputs: table.int32s(2) };
  const options = table.table(4);
  if (!options) return operator;
  const activationSlot = { conv2d: 3, depthwiseConv2d: 4, maxPool2d: 5 }[kind as string] ?? 0;
  if (kind !== 'reshape' && kind !== 'sum' && kind !== 'reduceMax') {
    if (options.int8(activationSlot) !== NO_ACTIVATION) throw unsupported(`a fused activation in ${kind}`);
  }
  if (kind !== 'conv2d' && kind !== 'depthwiseConv2d' && kind !== 'maxPool2d') return operator;
  return {
    ...operator,
    window: {
      padding: options.int8(0) === 0 ? 'same' : 'valid',
      strideWidth: options.int32(1),
      strideHeight: options.int32(2),
      filterWidth: kind === 'maxPool2d' ? options.int32(3) : 0,
      filterHeight: kind === 'maxPool2d' ? options.int32(4) : 0,
    },
  };
}

function unsupported(what: string): FaceCoreError {
  return new FaceCoreError('models/unsupported', `The converter does not know ${what}.`);
}

/** A flatbuffer table whose fields are read by slot; an absent field is 0 or empty. */
class Table {
  constructor(
    private readonly buffer: ByteBuffer,
    private readonly at: number,
  ) {}

  int8(slot: number): number {
    const field = this.#field(slot);
    return field ? this.buffer.readInt8(field) : 0;
  }

  int32(slot: number): number {
    const field = this.#field(slot);
    return field ? this.buffer.readInt32(field) : 0;
  }

  string(slot: number): string {
    const field = this.#field(slot);
    return field ? String(this.buffer.__string(field)) : '';
  }

  bytes(slot: number): Uint8Array {
    const { start, length } = this.#vector(slot);
    return this.buffer.bytes().subarray(start, start + length);
  }

  int32s(slot: number): number[] {
    const { start, length } = this.#vector(slot);
    return Array.from({ length }, (_, index) => this.buffer.readInt32(start + 4 * index));
  }

  table(slot: number): Table | undefined {
    const field = this.#field(slot);
    return field ? new Table(this.buffer, this.buffer.__indirect(field)) : undefined;
  }

  tables(slot: number): Table[] {
    const { start, length } = this.#vector(slot);
    return Array.from(
      { length },
      (_, index) => new Table(this.buffer, this.buffer.__indirect(start + 4 * index)),
    );
  }

  #field(slot: number): number {
    const offset = this.buffer.__offset(this.at, 4 + 2 * slot);
    return offset ? this.at + offset : 0;
  }

  #vector(slot: number): { start: number; length: number } {
    const field = this.#field(slot);
    if (!field) return { start: 0, length: 0 };
    return { start: this.buffer.__vector(field), length: this.buffer.__vector_len(field) };
  }
}
