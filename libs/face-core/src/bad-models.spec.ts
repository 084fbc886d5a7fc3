import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultModelsDirectory } from './config';
import { FacePipeline, type FacePipelineOptions } from './face-pipeline';

const ALL: FacePipelineOptions = {
  threads: 1,
  livenessId: 'fr-liveness',
  expressionId: 'fr-landmark',
  poseId: 'fr-pose',
};
const FILES = [
  'mtcnn-pnet.onnx',
  'mtcnn-rnet.onnx',
  'mtcnn-onet.onnx',
  'mobilefacenet-192.onnx',
  'fr-liveness.onnx',
  'fr-landmark.onnx',
  'fr-pose.onnx',
];

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'munjigi-models-'));
  const installed = defaultModelsDirectory();
  for (const file of await readdir(installed)) {
    if (file.endsWith('.onnx')) await symlink(join(installed, file), join(directory, file));
  }
});

afterEach(() => rm(directory, { recursive: true }));

function opening(): Promise<FacePipeline> {
  return FacePipeline.open({ ...ALL, modelsDirectory: directory });
}

/** Puts a file in the place of the link to an installed one. */
async function replace(file: string, bytes: Uint8Array): Promise<void> {
  await rm(join(directory, file));
  await writeFile(join(directory, file), bytes);
}

function refusal(code: string, file: string) {
  return expect.objectContaining({ name: 'FaceCoreError', code, message: expect.stringContaining(file) }) as Error; // prettier-ignore
}

describe('FacePipeline.open and the files of its models', () => {
  it.each(FILES)('runs nothing when %s has one flipped bit, or ends a byte early', async (file) => {
    const whole = await readFile(join(directory, file));
    const flipped = Buffer.from(whole);
    const at = (whole.length * (1 + FILES.indexOf(file))) >> 3;
    flipped.writeUInt8(flipped.readUInt8(at) ^ 16, at);
    for (const bytes of [flipped, whole.subarray(0, -1)]) {
      await replace(file, bytes);
      await expect(opening()).rejects.toThrow(refusal('models/corrupt', file));
    }
  });

  it('runs nothing when a file is empty or has a byte more', async () => {
    const whole = await readFile(join(directory, 'mtcnn-pnet.onnx'));
    for (const bytes of [Buffer.alloc(0), Buffer.concat([whole, Buffer.alloc(1)])]) {
      await replace('mtcnn-pnet.onnx', bytes);
      await expect(opening()).rejects.toThrow(refusal('models/corrupt', 'mtcnn-pnet.onnx'));
    }
  });

  it('says which file is missing, or is none', async () => {
    await rm(join(directory, 'fr-pose.onnx'));
    await expect(opening()).rejects.toThrow(refusal('models/missing', 'fr-pose.onnx'));
    await mkdir(join(directory, 'fr-pose.onnx'));
    await expect(opening()).rejects.toThrow(refusal('models/unreadable', 'fr-pose.onnx'));
  });

  it.each<FacePipelineOptions>([
    { embedderId: 'fr-pose' },
    { livenessId: 'mobilefacenet-192' },
    { expressionId: 'fr-liveness' },
    { poseId: 'mtcnn-pnet' },
    { poseId: '../fr-pose' },
  ])('takes no model for what it is not: %j', async (options) => {
    await expect(FacePipeline.open({ ...ALL, ...options })).rejects.toThrow(
      expect.objectContaining({ name: 'FaceCoreError', code: 'models/unknown' }),
    );
  });
});
