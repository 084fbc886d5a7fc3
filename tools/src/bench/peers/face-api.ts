import { readFrame } from '../contenders/frame-reader';
import { serve, timed, type Answer, type Tasks } from '../contenders/protocol';
import { peerLoader, wasmBackend, type TfTensor } from './js-peer';

interface FaceApi {
  readonly nets: Record<
    'tinyFaceDetector' | 'faceRecognitionNet',
    { loadFromDisk(folder: string): Promise<void> }
  >;
  readonly TinyFaceDetectorOptions: new (options: { inputSize: number; scoreThreshold: number }) => object;
  detectAllFaces(image: TfTensor, options: object): PromiseLike<unknown[]>;
  computeFaceDescriptor(image: TfTensor): Promise<unknown>;
}

const CROP_PX = 112;
const INPUT_PX = 416;

/** `@vladmandic/face-api` as a contender: its tiny detector at 416 px, and its recognition network on the crop. */
async function main(folder: string): Promise<void> {
  const tf = await wasmBackend(folder);
  const { load, path, version } = peerLoader(folder);
  const faceApi = load('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi;
  const models = path('@vladmandic/face-api/model');
  await faceApi.nets.tinyFaceDetector.loadFromDisk(models);
  await faceApi.nets.faceRecognitionNet.loadFromDisk(models);
  const options = new faceApi.TinyFaceDetectorOptions({ inputSize: INPUT_PX, scoreThreshold: 0.5 });

  const detect = async ({ frames, index }: Tasks['detect']): Promise<Answer> => {
    const frame = readFrame(frames, index);
    const { ms, result } = await timed(async () => {
      const image = tf.tensor3d(frame, [frames.height, frames.width, 3], 'int32');
      const found = await faceApi.detectAllFaces(image, options);
      image.dispose();
      return found;
    });
    return { ms, faces: result.length };
  };
  const embed = async ({ frames, index }: Tasks['embed']): Promise<Answer> => {
    const crop = readFrame(frames, index);
    const { ms } = await timed(async () => {
      const image = tf.tensor3d(crop, [CROP_PX, CROP_PX, 3], 'int32');
      await faceApi.computeFaceDescriptor(image);
      image.dispose();
    });
    return { ms };
  };
  await serve(version('@vladmandic/face-api'), { detect, embed });
}

void main(process.argv[2] ?? '');
