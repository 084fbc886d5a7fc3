import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { addModel } from '../models/add-model';
import { readLock } from '../models/lock';
import { listModels } from '../models/store';
import { poolingNetwork } from '../testing/tiny-network';
import { calibratedModel } from './calibrated-model';
import type { Calibration } from './calibration';
import { calibrationPath, readCalibration, writeCalibration } from './calibration-store';
import { fitCalibration } from './fit-calibration';
import { expectedRates } from './risk';
import { drawn, normalScores, seeded } from './testing/made-scores';

const EMBEDDERS = readLock().entries.filter(({ kind }) => kind === 'embedder').map(({ id }) => id); // prettier-ignore

let folder: TemporaryFolder;
let directory: string;

beforeEach(async () => {
  folder = await temporaryFolder();
  directory = folder.path;
});

afterEach(() => folder.remove());

async function calibrationFor(modelId: string): Promise<Calibration> {
  const random = seeded(1);
  return fitCalibration({
    genuine: drawn(normalScores(0.7, 0.1), 100, random).map((score) => Math.min(1, score)),
    impostor: drawn(normalScores(0.1, 0.1), 2000, random),
    ...(await calibratedModel(modelId, { directory })),
    source: { kind: 'site', name: 'front door', when: '2026-03-01T08:00:00.000Z' },
  });
}

describe('the calibration of a model', () => {
  it('is read as it was written, and nothing is left beside it', async () => {
    const calibration = await calibrationFor('mobilefacenet-192');
    const path = await writeCalibration(calibration, { directory });

    expect(path).toBe(calibrationPath('mobilefacenet-192', { directory }));
    expect(await readCalibration('mobilefacenet-192', { directory })).toEqual({ calibration, origin: 'own' });
    expect(await readdir(dirname(path))).toEqual(['mobilefacenet-192.json']);
  });

  it('is refused when it is another model’s, by name or by weights', async () => {
    const path = await writeCalibration(await calibrationFor('mobilefacenet-192'), { directory });
    await writeFile(calibrationPath('faceplugin-512', { directory }), await readFile(path));
    await expect(readCalibration('faceplugin-512', { directory })).rejects.toMatchObject({
      code: 'calibration/other-model',
      message: expect.stringContaining('mobilefacenet-192'),
    });
    const others = { ...(await calibrationFor('mobilefacenet-192')), modelSha256: '0'.repeat(64) };
    await writeFile(path, JSON.stringify(others));
    await expect(readCalibration('mobilefacenet-192', { directory })).rejects.toMatchObject({
      code: 'calibration/other-model',
    });
    await expect(writeCalibration(others, { directory })).rejects.toMatchObject({
      code: 'calibration/other-model',
    });
  });

  it.each([
    ['no JSON', '{'],
    ['no calibration', '{"version":1}'],
  ])('is refused when it is %s', async (_, content) => {
    const path = calibrationPath('mobilefacenet-192', { directory });
    await mkdir(dirname(path));
    await writeFile(path, content);

    await expect(readCalibration('mobilefacenet-192', { directory })).rejects.toMatchObject({
      code: 'calibration/invalid',
      message: expect.stringContaining(path),
    });
  });

  it('is refused when its rates contradict each other', async () => {
    const calibration = await calibrationFor('mobilefacenet-192');
    const points = [...calibration.points].reverse();
    const path = calibrationPath('mobilefacenet-192', { directory });
    await mkdir(dirname(path));
    await writeFile(path, JSON.stringify({ ...calibration, points }));

    await expect(readCalibration('mobilefacenet-192', { directory })).rejects.toMatchObject({
      code: 'calibration/invalid',
      message: expect.stringContaining('upwards'),
    });
  });

  it('is there for a model that a site added, once made, bound to its network', async () => {
    const file = await folder.write('faces.onnx', poolingNetwork({ outputs: { embedding: 8 } }));
    const pixels = { channelOrder: 'rgb', mean: 127.5, scale: 127.5 };
    const card = { kind: 'embedder', licence: 'Ours.', input: 'x', outputs: { embedding: 'embedding' }, pixels, dimension: 8, similarityMin: 0.5 }; // prettier-ignore
    await addModel({ id: 'site-faces', file, card }, { directory });

    expect(await readCalibration('site-faces', { directory })).toBeUndefined();
    await writeCalibration(await calibrationFor('site-faces'), { directory });
    expect(await readCalibration('site-faces', { directory })).toMatchObject({ origin: 'own' });
  });

  it('is of an embedder', async () => {
    for (const id of ['nobody', 'fr-liveness']) {
      await expect(readCalibration(id, { directory })).rejects.toMatchObject({ code: 'models/unknown' });
    }
  });
});

describe('the default calibrations', () => {
  it.each(EMBEDDERS)('of %s is of its weights in the lock, and says that it is no site’s', async (id) => {
    const found = await readCalibration(id, { directory });

    expect(found).toMatchObject({ origin: 'default', calibration: { source: { kind: 'pairs', name: expect.stringContaining('LFW') } } }); // prettier-ignore
  });

  /** Thresholds of 29.6 million impostor pairs of 7,701 photographs of LFW, of which the default has 1.2 million. */
  it.each([
    ['mobilefacenet-192', { 1e-3: 0.451, 1e-4: 0.532, 1e-5: 0.597, 1e-6: 0.679 }],
    ['faceplugin-512', { 1e-3: 0.335, 1e-4: 0.413, 1e-5: 0.478, 1e-6: 0.587 }],
  ])('of %s agrees with a far larger measurement, extrapolation included', async (id, measured) => {
    const { calibration } = (await readCalibration(id, { directory })) as { calibration: Calibration };
    for (const [fmr, similarityMin] of Object.entries(measured)) {
      const { rate } = expectedRates(calibration, { similarityMin, gallerySize: 1 }).fmr;
      expect(Math.abs(Math.log10(rate / Number(fmr)))).toBeLessThan(0.2);
    }
  });
});

describe('listModels', () => {
  it('says of each embedder on what it is calibrated, or that it is of no use', async () => {
    await writeCalibration(await calibrationFor('mobilefacenet-192'), { directory });
    const path = calibrationPath('mobilefacenet-192', { directory });
    await writeFile(calibrationPath('faceplugin-512', { directory }), await readFile(path));

    const listed = new Map((await listModels({ directory })).map((model) => [model.id, model]));
    expect(listed.get('mobilefacenet-192')?.calibratedOn).toMatchObject({
      origin: 'own',
      name: 'front door',
    });
    expect(listed.get('faceplugin-512')?.calibratedOn).toEqual({ unusable: 'calibration/other-model' });
    expect(listed.get('mtcnn-pnet')).not.toHaveProperty('calibratedOn');
  });
});
