import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';

/** Values with their sizes, row-major. */
export type Tensor =
  | { readonly type: 'uint8'; readonly data: Uint8Array; readonly shape: readonly number[] }
  | { readonly type: 'float32'; readonly data: Float32Array; readonly shape: readonly number[] }
  | { readonly type: 'int64'; readonly data: BigInt64Array; readonly shape: readonly number[] };

/** Values that a network gives. */
export interface FloatTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** How a network runs. */
export interface NetworkOptions {
  /** Threads of one inference. */
  threads: number;
}

/**
 * A network ready to run. The only user of onnxruntime.
 *
 * A run blocks the calling thread (onnxruntime's Node binding is synchronous inside), so networks live on a thread of
 * their own.
 */
export class Network {
  private constructor(private readonly session: InferenceSession) {}

  /** Loads a network from the bytes of an ONNX file. */
  static async load(bytes: Uint8Array, options: NetworkOptions): Promise<Network> {
    const session = await InferenceSession.create(bytes, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      // Waiting threads sleep instead of spinning: on a busy two-core machine detection took a third of the time
      // (31 ms against 83 at 1280 x 720), and cores are free between frames.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
      // Errors only: the library's warnings are about layouts that nobody can act on.
      logSeverityLevel: 3,
    });
    return new Network(session);
  }

  /**
   * Runs the network once.
   *
   * @param into memory for the outputs named there, so that nothing is allocated for them; others are left out then
   * @returns its float outputs by name
   */
  async run(
    feeds: Readonly<Record<string, Tensor>>,
    into?: Readonly<Record<string, FloatTensor>>,
  ): Promise<ReadonlyMap<string, FloatTensor>> {
    const tensors = Object.entries(feeds).map(([name, tensor]) => [name, toOrt(tensor)] as const);
    const inputs = Object.fromEntries(tensors);
    const results = into ? await this.session.run(inputs, outputs(into)) : await this.session.run(inputs);
    return new Map(
      Object.entries(results).map(([name, { data, dims }]) => {
        if (!(data instanceof Float32Array)) throw new TypeError(`Output ${name} is not float32.`);
        return [name, { data, shape: dims }];
      }),
    );
  }

  /** Frees the network's memory. */
  release(): Promise<void> {
    return this.session.release();
  }
}

function toOrt(tensor: Tensor): OrtTensor {
  switch (tensor.type) {
    case 'uint8':
      return new OrtTensor('uint8', tensor.data, tensor.shape);
    case 'float32':
      return new OrtTensor('float32', tensor.data, tensor.shape);
    case 'int64':
      return new OrtTensor('int64', tensor.data, tensor.shape);
  }
}

function outputs(into: Readonly<Record<string, FloatTensor>>): Record<string, OrtTensor> {
  return Object.fromEntries(
    Object.entries(into).map(([name, { data, shape }]) => [name, new OrtTensor('float32', data, shape)]),
  );
}

/** The output of a run by its name. */
export function outputOf(results: ReadonlyMap<string, FloatTensor>, name: string): FloatTensor {
  const found = results.get(name);
  if (!found) throw new TypeError(`The network has no output ${name}.`);
  return found;
}

/** An input or output that an ONNX file declares. */
export interface NetworkEnd {
  readonly name: string;
  /** Element type, such as `float32`. */
  readonly type: string;
  /** A size that is open is a string, its name. Files do not always declare what they give: empty then. */
  readonly shape: readonly (number | string)[];
}

/** Loads a network once to say what the file declares. Rejects with the library's error when it cannot be loaded. */
export async function describeNetwork(
  bytes: Uint8Array,
): Promise<{ inputs: NetworkEnd[]; outputs: NetworkEnd[] }> {
  const session = await InferenceSession.create(bytes, { executionProviders: ['cpu'], logSeverityLevel: 4 });
  const ends = (metadata: readonly InferenceSession.ValueMetadata[]) =>
    metadata.map((end) => ({
      name: end.name,
      type: end.isTensor ? end.type : 'no tensor',
      shape: end.isTensor ? end.shape : [],
    }));
  const description = { inputs: ends(session.inputMetadata), outputs: ends(session.outputMetadata) };
  await session.release();
  return description;
}
