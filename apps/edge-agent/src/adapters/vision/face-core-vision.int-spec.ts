import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  calibratedModel,
  calibrationPath,
  decodeImage,
  defaultModelsDirectory,
  installDemoMedia,
  installModels,
} from '@munjigi/face-core';
import { CASE_CALIBRATION } from '@munjigi/contracts/testing';
import type { Vision } from '../../ports/vision';
import { readableLog } from '../../testing/log-lines';
import { temporaryDirectories } from '../../testing/temp-directory';
import { openFaceCoreVision } from './face-core-vision';

const MODELS = ['mtcnn-pnet', 'mtcnn-rnet', 'mtcnn-onet', 'mobilefacenet-192'];
const newDirectory = temporaryDirectories();

describe('the calibration of face-core’s vision', () => {
  let directory: string;
  let vision: Vision | undefined;
  const { log, lines } = readableLog();

  beforeEach(async () => {
    await installModels({ only: MODELS });
    directory = newDirectory();
    for (const id of MODELS)
      await copyFile(join(defaultModelsDirectory(), `${id}.onnx`), join(directory, `${id}.onnx`));
  });
  afterEach(() => vision?.close());

  const open = async (content?: object) => {
    if (content) {
      const path = calibrationPath('mobilefacenet-192', { directory });
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, JSON.stringify(content));
    }
    vision = await openFaceCoreVision({ pipeline: { modelsDirectory: directory, threads: 1 }, log });
    return vision.calibration;
  };

  it('is the product’s own, until the site makes one', async () => {
    expect(await open()).toMatchObject({ modelId: 'mobilefacenet-192', source: { kind: 'pairs' } });
  });

  it('is the site’s, where it is of the weights that run', async () => {
    const { modelSha256 } = await calibratedModel('mobilefacenet-192');
    const own = { ...CASE_CALIBRATION, modelSha256 };
    expect(await open(own)).toEqual(own);
  });

  it('is none where it is of other weights; the door starts, and the log says so', async () => {
    expect(await open({ ...CASE_CALIBRATION, modelSha256: 'b'.repeat(64) })).toBeUndefined();
    expect(lines).toContainEqual(
      expect.objectContaining({
        msg: 'calibration cannot be used',
        err: expect.objectContaining({ code: 'calibration/other-model' }),
      }),
    );
  });
});

describe('the liveness of face-core’s vision', () => {
  it('is judged by the network that is named, and by none where none is', async () => {
    const { log } = readableLog();
    const still = await decodeImage(
      await readFile(join((await installDemoMedia()).directory, 'portrait-male-16.jpg')),
    );
    const pipeline = { threads: 1, livenessId: 'fr-liveness' };
    const [judging, blind] = [
      await openFaceCoreVision({ pipeline, log }),
      await openFaceCoreVision({ pipeline: { threads: 1 }, log }),
    ];
    const [face] = await judging.follow({ faceSizeMinPx: 40, facesMax: 4 }).update(still, 0);
    const [score] = (await judging.liveness?.(still, [face!.face.box])) ?? [];
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(blind.liveness).toBeNull();
    await Promise.all([judging.close(), blind.close()]);
  });
});
