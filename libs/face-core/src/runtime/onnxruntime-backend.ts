import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';

import { FaceCoreError } from '../errors';
import {
  EXECUTION_PROVIDERS,
  type BackendOptions,
  type ExecutionProvider,
  type FloatTensor,
  type InferenceBackend,
  type Network,
  type Tensor,
} from './inference-backend';
import { refuseTelemetry } from './refuse-telemetry';

/**
 * onnxruntime: on the CPU everywhere, on a GPU with CUDA or TensorRT where this build of it has them. The only file that
 * imports it.
 */
export class OnnxRuntimeBackend implements InferenceBackend {
  /** @throws {FaceCoreError} `backend/invalid-options` */
  constructor(private readonly options: BackendOptions = {}) {
    const { providers = ['cpu'], threads = 1, deviceId = 0 } = options;
    const unknown = providers.find((provider) => !EXECUTION_PROVIDERS.includes(provider));
    if (providers.length === 0 || unknown !== undefined) {
      const known = EXECUTION_PROVIDERS.join(', ');
      throw invalid(`providers are some of ${known}, not ${unknown ?? 'none'}`);
    }
    if (!Number.isInteger(threads) || threads < 1) throw invalid(`${threads} threads`);
    if (!Number.isInteger(deviceId) || deviceId < 0) throw invalid(`GPU ${deviceId}`);
  }

  async load(bytes: Uint8Array): Promise<Network> {
    const { providers = ['cpu'], threads = 1, spinning = false, memoryArena = true } = this.options;
    refuseTelemetry();
    try {
      const session = await InferenceSession.create(bytes, {
        executionProviders: providers.map((provider) => providerOption(provider, this.options)),
        graphOptimizationLevel: 'all',
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        enableCpuMemArena: memoryArena,
        // Unless asked otherwise waiting threads sleep: on a busy two-core machine detection took a third of the time (31
        // ms against 83 at 1280 x 720). Between frames they always do.
        extra: {
          session: { intra_op: { allow_spinning: spinning ? '1' : '0' }, force_spinning_stop: '1' },
        },
        // Errors only: the library's warnings are about layouts that nobody can act on.
        logSeverityLevel: 3,
      });
      return new OnnxNetwork(session);
    } catch (cause) {
      const gpu = providers.find((provider) => provider !== 'cpu');
      if (gpu && isMissing(cause)) throw unavailable(gpu, cause);
      throw cause;
    }
  }
}

class OnnxNetwork implements Network {
  constructor(private readonly session: InferenceSession) {}

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

  release(): Promise<void> {
    return this.session.release();
  }
}

/** TensorRT reads its own settings from the process's environment where the binding does not hand them on. */
function providerOption(
  name: ExecutionProvider,
  { deviceId = 0, fp16 = false, engineCacheDirectory }: BackendOptions,
): InferenceSession.ExecutionProviderConfig {
  switch (name) {
    case 'cpu':
      return 'cpu';
    case 'cuda':
      return { name, deviceId };
    case 'tensorrt': {
      const cache = engineCacheDirectory !== undefined;
      // prettier-ignore
      const settings = { trtFp16Enable: fp16, trtEngineCacheEnable: cache, trtEngineCachePath: engineCacheDirectory };
      return { name, deviceId, ...settings };
    }
  }
}

function isMissing(error: unknown): boolean {
  return /Failed to load|backend not found|not available|no available backend/i.test(String(error));
}

function unavailable(provider: ExecutionProvider, cause: unknown): FaceCoreError {
  return new FaceCoreError(
    'backend/unavailable',
    `${provider} was asked for and is not there: this machine lacks the GPU or its libraries, or this build of ` +
      `onnxruntime has no ${provider}. Install them, or ask for cpu.`,
    { cause, logLevel: 'error' },
  );
}

function invalid(what: string): FaceCoreError {
  return new FaceCoreError('backend/invalid-options', `Networks cannot run with ${what}.`);
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
