import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { defaultModelsDirectory } from '../config';
import { addModel } from '../models/add-model';
import { mediaPath } from '../testing/media';
import { MINIFASNET } from '../testing/site-cards';
import { poolingNetwork } from '../testing/tiny-network';
import { parseOptions } from './options';
import { runProtocol } from './run-protocol';
import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';

const [MAN, AGAIN, OTHER] = ['franck_01829.jpg', 'franck_02045.jpg', 'portrait-male-08.jpg'].map(mediaPath);
const RIGHTS = { licence: 'Ours.', input: 'x' };
const modelsBefore = process.env.MUNJIGI_MODELS;

let folder: TemporaryFolder;

/** A models folder of its own with the product's detector and two models that a site added. */
beforeAll(async () => {
  folder = await temporaryFolder();
  const [from, directory] = [defaultModelsDirectory(), join(folder.path, 'models')];
  await mkdir(directory);
  for (const file of (await readdir(from)).filter((name) => name.endsWith('.onnx'))) {
    await symlink(join(from, file), join(directory, file));
  }
  process.env.MUNJIGI_MODELS = directory;
  const embedder = {
    ...RIGHTS,
    kind: 'embedder',
    outputs: { embedding: 'embedding' },
    pixels: { channelOrder: 'rgb', mean: 127.5, scale: 127.5 },
    dimension: 8,
    similarityMin: 0.5,
  };
  const faces = await folder.write('faces.onnx', poolingNetwork({ outputs: { embedding: 8 } }));
  await addModel({ id: 'site-faces', file: faces, card: embedder });
  const live = poolingNetwork({ input: ['batch', 3, 80, 80], outputs: { logits: 3 } });
  await addModel({ id: 'site-live', file: await folder.write('live.onnx', live), card: MINIFASNET });
});

afterAll(async () => {
  if (modelsBefore === undefined) delete process.env.MUNJIGI_MODELS;
  else process.env.MUNJIGI_MODELS = modelsBefore;
  await folder.remove();
});

async function run(...args: string[]) {
  const silent = { update: () => undefined, end: () => undefined };
  return runProtocol(parseOptions([...args, '--cache', `${folder.path}/cache`]), () => silent);
}

describe('npm run evaluate, of models that a site added', () => {
  it('measures an embedder', async () => {
    const pairs = await folder.write('pairs.csv', `fold,path_a,path_b,same\n0,${MAN},${AGAIN},1\n0,${MAN},${OTHER},0\n`); // prettier-ignore
    const { results, models } = await run('pairs', '--pairs', pairs, '--model', 'site-faces');

    expect(results).toMatchObject([{ model: 'site-faces', counts: { genuine: 1, impostor: 1 } }]);
    expect(models[0]?.scores.genuine[0]).toBeLessThanOrEqual(1 + 1e-6);
  });

  it('judges liveness networks side by side', async () => {
    const labels = await folder.write('pad.csv', `path,label,client\n${MAN},real,c1\n${OTHER},attack,c1\n`);
    const models = ['--model', 'site-live', '--model', 'fr-liveness'];
    const { results } = await run('pad', '--labels', labels, '--threshold', '2', ...models);

    expect(results).toMatchObject([
      { model: 'site-live', perFrame: { apcer: 0, bpcer: 1 } },
      { model: 'fr-liveness', perFrame: { apcer: 0, bpcer: 1 } },
    ]);
  });
});
