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

/**
 * A network ready to run. A run may block the calling thread, so networks live on threads of their own.
 */
export interface Network {
  /**
   * Runs the network once.
   *
   * @param into memory for the outputs named there, so that nothing is allocated for them; others are left out then
   * @returns its float outputs by name
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    into?: Readonly<Record<string, FloatTensor>>,
  ): Promise<ReadonlyMap<string, FloatTensor>>;
  /** Frees the network's memory. */
  release(): Promise<void>;
}

/** What runs networks. */
export interface InferenceBackend {
  /**
   * Loads a network from the bytes of an ONNX file.
   *
   * @throws {FaceCoreError} `backend/unavailable` when the hardware or library that was asked for is not there
   */
  load(bytes: Uint8Array): Promise<Network>;
}

/** Hardware, and the library for it. */
export const EXECUTION_PROVIDERS = ['cpu', 'cuda', 'tensorrt'] as const;

/** One of {@link EXECUTION_PROVIDERS}. */
export type ExecutionProvider = (typeof EXECUTION_PROVIDERS)[number];

/** How networks run; plain data, since it crosses threads. */
export interface BackendOptions {
  /**
   * What runs them, the first first; what one cannot run goes to the next. Default `cpu`. One that is not there is an
   * error, never a quiet step to the next.
   */
  readonly providers?: readonly ExecutionProvider[];
  /** Threads of one inference. Default 1: lanes share the work of a frame better than networks can. */
  readonly threads?: number;
  /**
   * Threads wait for each other awake while a network runs, which is faster on an idle machine and slower on a busy one.
   * Default false.
   */
  readonly spinning?: boolean;
  /** Which GPU, from 0. Default 0. */
  readonly deviceId?: number;
  /** TensorRT: half precision. Default false. */
  readonly fp16?: boolean;
  /** TensorRT: where engines are kept, which take minutes to build. Default: not kept. */
  readonly engineCacheDirectory?: string;
  /** Keep freed memory for the next inference. Default true; false saves memory and costs time. */
  readonly memoryArena?: boolean;
}

/** The output of a run by its name. */
export function outputOf(results: ReadonlyMap<string, FloatTensor>, name: string): FloatTensor {
  const found = results.get(name);
  if (!found) throw new TypeError(`The network has no output ${name}.`);
  return found;
}

/**
 * What TensorRT is to find in the environment of the process. To be set on the main thread, before the first network is
 * loaded: worker threads have a copy that native code never sees.
 */
export function tensorRtEnvironment(options: BackendOptions): Readonly<Record<string, string>> {
  if (!options.providers?.includes('tensorrt')) return {};
  const { fp16 = false, engineCacheDirectory } = options;
  return {
    ORT_TENSORRT_FP16_ENABLE: fp16 ? '1' : '0',
    ...(engineCacheDirectory !== undefined && {
      ORT_TENSORRT_ENGINE_CACHE_ENABLE: '1',
      ORT_TENSORRT_CACHE_PATH: engineCacheDirectory,
    }),
  };
}
