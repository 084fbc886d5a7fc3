import { tfliteToOnnx } from '../models/convert/tflite-to-onnx';
import { outputOf, type Network } from '../runtime/inference-backend';
import { OnnxRuntimeBackend } from '../runtime/onnxruntime-backend';
import { modelSource } from './model-sources';

/** What a network gives, one array for each output that was asked for. */
export type PlainRun = (
  data: Float32Array,
  shape: readonly number[],
  outputs: readonly string[],
) => Promise<Float32Array[]>;

/** A network as it was trained: parametric ReLUs as one operator, softmaxes where they were, outputs apart. */
export interface PlainNetwork {
  readonly run: PlainRun;
  release(): Promise<void>;
}

/** Names of a detector's outputs, by what they are called in its file. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'mtcnn-pnet': { 'pnet/prob1': 'probability', 'pnet/conv4-2/BiasAdd': 'regression' },
  'mtcnn-rnet': { 'rnet/prob1': 'probability', 'rnet/conv5-2/conv5-2': 'regression' },
  'mtcnn-onet': {
    'onet/prob1': 'probability',
    'onet/conv6-2/conv6-2': 'regression',
    'onet/conv6-3/conv6-3': 'landmarks',
  },
};

/** Converts a network of the lock with nothing rearranged for speed, and loads it. */
export async function loadPlain(id: string): Promise<PlainNetwork> {
  const { entry, bytes } = await modelSource(id);
  const { conversion } = entry;
  if (conversion.name !== 'tflite-to-onnx') throw new Error(`${id} is no TFLite network.`);
  const plain = { ...conversion, outputs: OUTPUTS[id] ?? conversion.outputs, plain: true };
  return asPlain(
    await new OnnxRuntimeBackend().load(tfliteToOnnx(bytes, { ...plain, judgement: undefined })),
    conversion.input,
  );
}

/** Loads a network from the very file that its package ships. @param input name of its only input */
export async function loadUnconverted(id: string, input: string): Promise<PlainNetwork> {
  const { bytes } = await modelSource(id);
  return asPlain(await new OnnxRuntimeBackend().load(bytes), input);
}

function asPlain(network: Network, input: string): PlainNetwork {
  return {
    async run(data, shape, outputs) {
      const results = await network.run({ [input]: { type: 'float32', data, shape } });
      return outputs.map((name) => outputOf(results, name).data);
    },
    release: () => network.release(),
  };
}
