import { readFile } from 'node:fs/promises';

import { cosineSimilarity } from '../../embed/embedding';
import { encodeJpeg } from '../../image/encode-jpeg';
import { plainFrame } from '../../testing/frames';
import { mediaPath } from '../../testing/media';
import type { EvaluationImage } from '../readers/images';
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { embedImages } from './embed-images';
import { embeddingOf, failuresIn } from './face-outcome';
import { identifyModel, type ModelIdentity } from './model-identity';

let models: ModelIdentity[];
let folder: TemporaryFolder;
let images: EvaluationImage[];

beforeAll(async () => {
  models = await Promise.all(['mobilefacenet-192', 'faceplugin-512'].map(identifyModel));
  const portrait = (file: string) => ({ name: file, read: () => readFile(mediaPath(file)) });
  const wall = await encodeJpeg(plainFrame(200, 200));
  images = [
    portrait('franck_02045.jpg'),
    portrait('franck_01829.jpg'),
    portrait('portrait-male-08.jpg'),
    { name: 'wall', read: () => Promise.resolve(wall) },
    { name: 'text', read: () => Promise.resolve(Buffer.from('no picture')) },
    { name: 'gone', read: () => Promise.reject(new Error('gone')) },
  ];
});

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.remove());

const embed = (of = models, only = images) =>
  embedImages(only, { models: of, cacheDirectory: folder.path, workers: 1 });

describe('embedImages', () => {
  it('gives an embedding of each model or says why there is none, and computes nothing twice', async () => {
    const first = await embed();
    const again = await embed();

    for (const { id, dimension, similarityMin } of models) {
      const outcomes = first.outcomes.get(id) ?? [];
      const [a, b, other] = outcomes.map(embeddingOf) as [Float32Array, Float32Array, Float32Array];
      expect(a).toHaveLength(dimension);
      expect(cosineSimilarity(a, b)).toBeGreaterThan(similarityMin);
      expect(cosineSimilarity(a, other)).toBeLessThan(similarityMin);
      expect(outcomes.map(({ kind }) => kind).slice(3)).toEqual(['no-face', 'unreadable', 'unreadable']);
      expect(failuresIn(outcomes)).toEqual({ total: 3, noFace: 1, unreadable: 2 });
      expect(again.outcomes.get(id)?.map(embeddingOf)).toEqual(outcomes.map(embeddingOf));
    }
    // A file that could not even be read has no hash to be kept under.
    expect([first.computed, again.computed]).toEqual([6, 1]);
  });

  it('goes on where an interrupted run or a run of another model stopped', async () => {
    await embed([models[0] as (typeof models)[0]], images.slice(0, 2));

    const { outcomes, computed } = await embed(models, images.slice(0, 3));

    expect(computed).toBe(3);
    expect([...outcomes.values()].flat().map(({ kind }) => kind)).toEqual(Array(6).fill('face'));
  });

  it('embeds crops that are aligned as they are, and refuses others', async () => {
    const crop = await encodeJpeg(plainFrame(112, 112, 90));
    const options = { models, aligned: true, cacheDirectory: folder.path, workers: 1 };

    const { outcomes } = await embedImages([{ name: 'crop', read: () => Promise.resolve(crop) }], options);
    expect(outcomes.get('mobilefacenet-192')?.[0]?.kind).toBe('face');
    await expect(embedImages(images.slice(0, 1), options)).rejects.toMatchObject({
      code: 'evaluate/not-aligned',
      message: expect.stringContaining('franck_02045.jpg'),
    });
  });
});
