import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ARCFACE } from '../testing/site-cards';
import { poolingNetwork } from '../testing/tiny-network';
import { addModel } from './add-model';
import { readCardFile } from './card-file';
import { defaultLockPath, type ModelsLock } from './lock';
import { readModel } from './read-model';
import { removeModel } from './remove-model';
import { listModels, verifyModels } from './store';

let root: string;
let directory: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'munjigi-kept-'));
  directory = join(root, 'models');
});

afterEach(() => rm(root, { recursive: true }));

async function add(
  id: string,
  card: unknown,
  network: Uint8Array = poolingNetwork({ outputs: { embedding: 512 } }),
): Promise<void> {
  const file = join(root, 'site.onnx');
  await writeFile(file, network);
  await addModel({ id, card, file }, { directory });
}

async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] as number) ^ 1;
  await writeFile(path, bytes);
}

describe('readCardFile', () => {
  it.each([
    ['cut off', 'cut.json'],
    ['not there', 'nowhere.json'],
  ])('refuses a file that is %s, naming it', async (_, file) => {
    await writeFile(join(root, 'cut.json'), '{"kind":');

    await expect(readCardFile(join(root, file))).rejects.toMatchObject({
      code: 'models/bad-card',
      message: expect.stringContaining(file),
    });
  });
});

describe('an added model with a flipped bit', () => {
  beforeEach(() => add('site-arcface', ARCFACE));

  it.each(['model.onnx', 'model.json', 'SHA256SUMS'])(
    'in %s never runs, and the list goes on',
    async (file) => {
      await flipBit(join(directory, 'added', 'site-arcface', file));

      await expect(verifyModels({ directory, only: ['site-arcface'] })).rejects.toMatchObject({
        code: 'models/corrupt',
        message: expect.stringContaining('site-arcface'),
      });
      await expect(readModel('embedder', 'site-arcface', { directory })).rejects.toMatchObject({
        code: 'models/corrupt',
      });
      const listed = await listModels({ directory });
      expect(listed.at(-1)).toMatchObject({ id: 'site-arcface', installed: false });
      expect(listed.length).toBeGreaterThan(5);
    },
  );

  it('can be removed', async () => {
    await rm(join(directory, 'added', 'site-arcface', 'model.json'));

    await removeModel('site-arcface', { directory });

    expect((await listModels({ directory })).some(({ added }) => added)).toBe(false);
  });
});

describe('readModel', () => {
  it('says which there are of a kind', async () => {
    await add('site-arcface', ARCFACE);

    await expect(readModel('embedder', 'huge', { directory })).rejects.toMatchObject({
      code: 'models/unknown',
      message: expect.stringMatching(/huge.*mobilefacenet-192.*site-arcface/),
    });
    await expect(readModel('pose', 'site-arcface', { directory })).rejects.toMatchObject({
      code: 'models/unknown',
      message: expect.stringMatching(/There are: fr-pose\.$/),
    });
  });

  it('opens neither when a release brings a model of the name that a site gave its own', async () => {
    await add('site-arcface', ARCFACE);
    const lock = JSON.parse(await readFile(defaultLockPath(), 'utf8')) as ModelsLock;
    const entries = lock.entries.map((entry) =>
      entry.id === 'faceplugin-512' ? { ...entry, id: 'site-arcface' } : entry,
    );
    const lockPath = join(root, 'models.lock.json');
    await writeFile(lockPath, JSON.stringify({ ...lock, entries }));

    await expect(readModel('embedder', 'site-arcface', { directory, lockPath })).rejects.toMatchObject({
      code: 'models/name-taken',
    });
  });
});

describe('removeModel', () => {
  it('takes a model away, and lets the same one come back', async () => {
    await add('site-arcface', ARCFACE);
    await removeModel('site-arcface', { directory });

    await expect(readModel('embedder', 'site-arcface', { directory })).rejects.toMatchObject({
      code: 'models/unknown',
    });
    await add('site-arcface', { ...ARCFACE, similarityMin: 0.4 });
    await verifyModels({ directory, only: ['site-arcface'] });
  });

  it.each<[string, object, Uint8Array]>([
    ['another network', ARCFACE, poolingNetwork({ outputs: { embedding: 512, other: 3 } })],
    [
      'other pixels',
      { ...ARCFACE, pixels: { ...ARCFACE.pixels, channelOrder: 'rgb' } },
      poolingNetwork({ outputs: { embedding: 512 } }),
    ],
  ])(
    'reserves an embedder’s name, so that %s is not compared with its templates',
    async (_, card, network) => {
      await add('site-arcface', ARCFACE);
      await removeModel('site-arcface', { directory });

      await expect(add('site-arcface', card, network)).rejects.toMatchObject({
        code: 'models/name-taken',
        message: expect.stringContaining('another name'),
      });
      await add('site-arcface-2', card, network);
    },
  );

  it('refuses the product’s models and what is not there', async () => {
    await expect(removeModel('mobilefacenet-192', { directory })).rejects.toMatchObject({
      code: 'models/not-added',
    });
    await expect(removeModel('huge', { directory })).rejects.toMatchObject({ code: 'models/unknown' });
    await expect(removeModel('../models', { directory })).rejects.toMatchObject({ code: 'models/unknown' });
  });
});
