import { pathToFileURL } from 'node:url';
import { readFrame } from '../contenders/frame-reader';
import { serve, timed, type Answer, type Tasks } from '../contenders/protocol';
import { allowFileFetch, peerLoader, wasmBackend, type TfTensor } from './js-peer';

interface Human {
  load(): Promise<void>;
  detect(image: TfTensor): Promise<{ face: unknown[]; error?: unknown }>;
}

const CROP_PX = 112;

/**
 * `@vladmandic/human` as a contender: BlazeFace for detection; for an embedding its `faceres` network on the crop,
 * without another search for the face.
 */
async function main(folder: string): Promise<void> {
  allowFileFetch();
  const tf = await wasmBackend(folder);
  const { load, path, version } = peerLoader(folder);
  const { Human: Library } = load('@vladmandic/human/dist/human.node-wasm.js') as {
    Human: new (config: object) => Human;
  };
  const human = new Library({
    ...{ backend: 'wasm', wasmPath: path('@tensorflow/tfjs-backend-wasm/dist/') },
    modelBasePath: pathToFileURL(path('@vladmandic/human/models/')).href,
    // Every frame is a new one: nothing may be taken over from the frame before.
    ...{ debug: false, cacheSensitivity: 0, filter: { enabled: false } },
    face: {
      enabled: true,
      detector: { maxDetected: 20, skipFrames: 0, skipTime: 0, rotation: false, minConfidence: 0.5 },
      ...{ mesh: { enabled: false }, iris: { enabled: false }, emotion: { enabled: false } },
      description: { enabled: false },
    },
    ...{ body: { enabled: false }, hand: { enabled: false }, object: { enabled: false } },
    ...{ gesture: { enabled: false }, segmentation: { enabled: false } },
  });
  await human.load();
  const faceres = await loadGraph(load('@tensorflow/tfjs'), path('@vladmandic/human/models/faceres.json'));

  const detect = async ({ frames, index }: Tasks['detect']): Promise<Answer> => {
    const frame = readFrame(frames, index);
    const { ms, result } = await timed(async () => {
      const image = tf.tensor3d(frame, [frames.height, frames.width, 3], 'int32');
      const found = await human.detect(image);
      image.dispose();
      return found;
    });
    if (result.error) throw new Error(`It could not: ${JSON.stringify(result.error)}`);
    return { ms, faces: result.face.length };
  };
  const embed = async ({ frames, index }: Tasks['embed']): Promise<Answer> => {
    const crop = readFrame(frames, index);
    const { ms } = await timed(() => faceres(crop));
    return { ms };
  };
  await serve(version('@vladmandic/human'), { detect, embed });
}

/** The embedding network of the package, which it runs on 224 x 224 pictures from 0 to 255. */
async function loadGraph(library: unknown, file: string): Promise<(crop: Uint8Array) => Promise<void>> {
  const tf = library as {
    loadGraphModel(url: string): Promise<{ execute(input: TfTensor): TfTensor | TfTensor[] }>;
    tensor4d(values: Uint8Array, shape: number[], type: 'float32'): TfTensor;
    image: { resizeBilinear(image: TfTensor, size: [number, number]): TfTensor };
  };
  const model = await tf.loadGraphModel(pathToFileURL(file).href);
  return async (crop) => {
    const image = tf.tensor4d(crop, [1, CROP_PX, CROP_PX, 3], 'float32');
    const resized = tf.image.resizeBilinear(image, [224, 224]);
    const outputs = [model.execute(resized)].flat();
    await Promise.all(outputs.map((output) => (output as TfTensor & { data(): Promise<unknown> }).data()));
    for (const tensor of [image, resized, ...outputs]) tensor.dispose();
  };
}

void main(process.argv[2] ?? '');
