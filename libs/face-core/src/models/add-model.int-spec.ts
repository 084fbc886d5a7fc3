import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultModelsDirectory } from '../config';
import { Embedder } from '../embed/embedder';
import { Pixels } from '../image/pixels';
import { FacePipeline } from '../face-pipeline';
import { LivenessModel } from '../liveness/liveness-model';
import { PoseModel } from '../quality/pose-model';
import { ONNX_TYPE, OnnxGraph } from '../runtime/onnx-graph';
import { noiseBytes, plainFrame } from '../testing/frames';
import { photo } from '../testing/media';
import { POOLED_CELLS, poolingNetwork, poolingWeights, type PoolingNetwork } from '../testing/tiny-network';
import { ARCFACE, LANDMARKS, MINIFASNET, POSE } from '../testing/site-cards';
import { addModel } from './add-model';
import { readModel } from './read-model';
import { listModels, verifyModels } from './store';
import { OnnxRuntimeBackend } from '../runtime/onnxruntime-backend';

const FACE = { x: 20, y: 20, width: 30, height: 30 };

let root: string;
let directory: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'munjigi-added-'));
  directory = join(root, 'models');
});

afterEach(() => rm(root, { recursive: true }));

async function fileOf(bytes: Uint8Array, name = 'site.onnx'): Promise<string> {
  const path = join(root, name);
  await writeFile(path, bytes);
  return path;
}

async function add(
  id: string,
  card: unknown,
  network: Uint8Array = poolingNetwork({ outputs: { embedding: 512 } }),
): Promise<void> {
  await addModel({ id, card, file: await fileOf(network) }, { directory });
}

/** All in the folder of added models, and what is in those. */
async function contents(): Promise<string[]> {
  return (await readdir(join(directory, 'added'), { recursive: true }).catch(() => [])).sort();
}

describe('addModel', () => {
  it('keeps a network that takes any batch as it came, beside its card and their hashes', async () => {
    const network = poolingNetwork({ outputs: { embedding: 512 } });

    await add('site-arcface', ARCFACE, network);

    expect(await contents()).toEqual([
      'site-arcface',
      'site-arcface/SHA256SUMS',
      'site-arcface/model.json',
      'site-arcface/model.onnx',
    ]);
    const { bytes, card } = await readModel('embedder', 'site-arcface', { directory });
    expect(new Uint8Array(bytes)).toEqual(network);
    expect(card).toMatchObject({ id: 'site-arcface', dimension: 512, pixels: ARCFACE.pixels });
    await verifyModels({ directory, only: ['site-arcface'] });
  });

  it('lists it with its rights and its calibration, after the product’s own', async () => {
    await add('site-arcface', ARCFACE);

    const models = await listModels({ directory });

    expect(models.at(-1)).toEqual({
      id: 'site-arcface',
      kind: 'embedder',
      installed: true,
      added: true,
      source: 'site.onnx',
      licence: ARCFACE.licence,
      licenceTruth: ARCFACE.licenceTruth,
      dimension: 512,
      similarityMin: 0.35,
      calibration: ARCFACE.calibration,
    });
    expect(models.filter(({ added }) => !added).map(({ id }) => id)).toContain('mobilefacenet-192');
  });

  it.each<[string, object, Uint8Array]>([
    ['liveness', MINIFASNET, poolingNetwork({ input: [1, 3, 80, 80], outputs: { logits: 3 } })],
    ['landmarks-68', LANDMARKS, poolingNetwork({ input: [1, 1, 56, 56], outputs: { points: 136 } })],
    ['pose', POSE, poolingNetwork({ input: ['n', 3, 56, 56], outputs: { a: 1, b: 1, c: 1 } })],
    [
      'pose',
      { ...POSE, bins: { count: 66, firstDeg: -97.5, widthDeg: 3 } },
      poolingNetwork({ input: [1, 3, 56, 56], outputs: { a: 66, b: 66, c: 66 } }),
    ],
  ])('takes a %s network', async (kind, card, network) => {
    await add('site-own', card, network);

    const { card: kept } = await readModel(kind as 'pose', 'site-own', { directory });
    expect(kept).toMatchObject(card);
  });

  it('gives a liveness model and a pose model that run', async () => {
    await add('site-live', MINIFASNET, poolingNetwork({ input: [1, 3, 80, 80], outputs: { logits: 3 } }));
    await add('site-pose', POSE, poolingNetwork({ input: [1, 3, 56, 56], outputs: { a: 1, b: 1, c: 1 } }));
    const live = await readModel('liveness', 'site-live', { directory });
    const pose = await readModel('pose', 'site-pose', { directory });
    const frame = { ...plainFrame(100, 100), data: noiseBytes(30_000) };

    const liveness = await LivenessModel.load(live.bytes, live.card, new OnnxRuntimeBackend());
    const poses = await PoseModel.load(pose.bytes, pose.card, new OnnxRuntimeBackend());

    const [score = Number.NaN] = await liveness.score(frame, [FACE]);
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
    expect(await poses.estimate(frame, [FACE])).toHaveLength(1);
    await Promise.all([liveness.release(), poses.release()]);
  });

  it.each([
    ['declares a batch of 1', { input: [1, 3, 112, 112], reshape: [0, -1] }],
    ['fixes a batch of 1 inside', { input: [1, 3, 112, 112], reshape: [1, -1] }],
    ['declares an open batch and fixes it inside', { input: ['n', 3, 112, 112], reshape: [1, -1] }],
  ] as const)('opens a network that %s', async (_, shape) => {
    await add('site-arcface', ARCFACE, poolingNetwork({ ...shape, outputs: { embedding: 512 } }));
    for (const { id } of await listModels({ directory: defaultModelsDirectory() })) {
      if (id.startsWith('mtcnn')) {
        const file = `${id}.onnx`;
        await symlink(join(defaultModelsDirectory(), file), join(directory, file));
      }
    }
    const pipeline = await FacePipeline.open({
      modelsDirectory: directory,
      embedderId: 'site-arcface',
      threads: 1,
    });
    const crops = [noiseBytes(112 * 112 * 3), new Uint8Array(112 * 112 * 3).fill(200)];

    const embeddings = await pipeline.embed(crops);

    expect(pipeline).toMatchObject({ modelId: 'site-arcface', dimension: 512, similarityMin: 0.35 });
    for (const [index, crop] of crops.entries()) {
      const wanted = expectedEmbedding(crop);
      const worst = wanted.map((value, at) => Math.abs(value - (embeddings[index]?.[at] ?? NaN)));
      expect(Math.max(...worst)).toBeLessThan(1e-5);
    }
    const [face] = await pipeline.analyze(await photo('franck_02045.jpg'));
    expect(face?.embedding).toHaveLength(512);
    await pipeline.close();
  });

  it('takes an embedder of a size of its own', async () => {
    const network = poolingNetwork({ input: ['n', 3, 160, 160], outputs: { embedding: 512 } });

    await add('site-160', { ...ARCFACE, sizePx: 160 }, network);

    const { bytes, card } = await readModel('embedder', 'site-160', { directory });
    const embedder = await Embedder.load(bytes, card, { backend: new OnnxRuntimeBackend() });
    const [embedded] = await embedder.embed(new Pixels(), [noiseBytes(112 * 112 * 3)]);
    expect(embedded?.embedding).toHaveLength(512);
    await embedder.release();
  });

  it('leaves one of two that are added at once under one name', async () => {
    const other = { ...ARCFACE, licence: 'Theirs.' };
    const results = await Promise.allSettled([add('site-arcface', ARCFACE), add('site-arcface', other)]);

    const failed = results.filter((result) => result.status === 'rejected');
    expect(failed).toMatchObject([{ reason: { code: 'models/name-taken' } }]);
    await verifyModels({ directory, only: ['site-arcface'] });
    expect(await contents()).toHaveLength(4);
  });
});

/** The embedding of a crop under ARCFACE's card, worked out without a network. */
function expectedEmbedding(crop: Uint8Array): number[] {
  const cellPx = 112 / POOLED_CELLS;
  const cells = [2, 1, 0].flatMap((channel) =>
    Array.from({ length: POOLED_CELLS ** 2 }, (_, cell) => {
      const [top, left] = [Math.floor(cell / POOLED_CELLS) * cellPx, (cell % POOLED_CELLS) * cellPx];
      let sum = 0;
      for (let y = top; y < top + cellPx; y += 1) {
        for (let x = left; x < left + cellPx; x += 1) sum += crop[(y * 112 + x) * 3 + channel] as number;
      }
      return (sum / cellPx ** 2 - 127.5) / 127.5;
    }),
  );
  const weights = poolingWeights(cells.length, 512);
  const values = Array.from({ length: 512 }, (_, column) =>
    cells.reduce((sum, cell, row) => sum + cell * (weights[row * 512 + column] as number), 0),
  );
  const length = Math.hypot(...values);
  return values.map((value) => value / length);
}

describe('addModel, refusing', () => {
  it.each<[string, object, Uint8Array, RegExp[]]>([
    [
      'another input name',
      { ...ARCFACE, input: 'data' },
      poolingNetwork({ outputs: { embedding: 512 } }),
      [/input: the card says data, the file has x/],
    ],
    [
      'another size',
      ARCFACE,
      poolingNetwork({ input: ['n', 3, 56, 56], outputs: { embedding: 512 } }),
      [/float32 \[1 or open, 3, 112, 112\], the file has float32 \[open, 3, 56, 56\]/],
    ],
    [
      'other channels',
      ARCFACE,
      poolingNetwork({ input: [1, 1, 112, 112], outputs: { embedding: 512 } }),
      [/the file has float32 \[1, 1, 112, 112\]/],
    ],
    [
      'a fixed batch of more than 1',
      ARCFACE,
      poolingNetwork({ input: [4, 3, 112, 112], outputs: { embedding: 512 } }),
      [/the file has float32 \[4, 3, 112, 112\]/],
    ],
    ['another rank', ARCFACE, flatNetwork(), [/the file has float32 \[1, 37632\]/]],
    [
      'another output name and a second input at once',
      ARCFACE,
      twoInputs(),
      [
        /input: the card says x alone, the file also has z/,
        /output: the card says embedding, the file has y/,
      ],
    ],
    [
      'another dimension',
      ARCFACE,
      poolingNetwork({ outputs: { embedding: 256 } }),
      [/output embedding: the card says 512 numbers a face, the file gives 256/],
    ],
    [
      'another number of classes',
      MINIFASNET,
      poolingNetwork({ input: [1, 3, 80, 80], outputs: { logits: 2 } }),
      [/output logits: the card says 3 numbers a face, the file gives 2/],
    ],
    [
      'other than 68 points',
      LANDMARKS,
      poolingNetwork({ input: [1, 1, 56, 56], outputs: { points: 10 } }),
      [/output points: the card says 136 numbers a face, the file gives 10/],
    ],
    [
      'an output of integers',
      ARCFACE,
      integerOutput(),
      [/output embedding: must be float32, the file has int64/],
    ],
  ])('a file with %s, naming both sides', async (_, card, network, said) => {
    const failure = add('site-own', card, network);

    await expect(failure).rejects.toMatchObject({ code: 'models/card-mismatch' });
    for (const pattern of said) await expect(failure).rejects.toThrow(pattern);
    expect(await contents()).toEqual([]);
  });

  it('a file that is no ONNX', async () => {
    await expect(add('site-own', ARCFACE, noiseBytes(5000))).rejects.toMatchObject({
      code: 'models/unreadable',
    });
    await expect(add('site-own', ARCFACE, new Uint8Array())).rejects.toMatchObject({
      code: 'models/unreadable',
    });
    await expect(
      addModel({ id: 'site-own', card: ARCFACE, file: join(root, 'nowhere.onnx') }, { directory }),
    ).rejects.toMatchObject({ code: 'models/unreadable', message: expect.stringContaining('nowhere.onnx') });
    expect(await contents()).toEqual([]);
  });

  it.each<[string, Partial<PoolingNetwork>]>([
    ['whose batch cannot be opened', { input: [1, 3, 112, 112], reshape: [-1] }],
    ['that mixes the faces of a batch', { mixes: true }],
  ])('a file %s', async (_, shape) => {
    const network = poolingNetwork({ ...shape, outputs: { embedding: 512 } });

    await expect(add('site-own', ARCFACE, network)).rejects.toMatchObject({
      code: 'models/unsupported',
      message: expect.stringContaining('open batch'),
    });
    expect(await contents()).toEqual([]);
  });

  it('a card with several problems, naming them all', async () => {
    const { input: _, ...card } = ARCFACE;
    const wrong = {
      ...card,
      dimension: 0,
      similarityMin: 2,
      extra: true,
      calibration: [
        { fmr: 1e-5, similarityMin: 0.4 },
        { fmr: 1e-3, similarityMin: 0.3 },
      ],
    };
    const failure = add('site-own', wrong);

    await expect(failure).rejects.toMatchObject({ code: 'models/bad-card' });
    for (const said of [/input/, /dimension/, /similarityMin/, /extra/, /calibration/]) {
      await expect(failure).rejects.toThrow(said);
    }
  });

  it.each<[string, object, RegExp]>([
    ['a kind that does not exist', { ...ARCFACE, kind: 'age' }, /kind/],
    ['a live class that does not exist', { ...MINIFASNET, liveClass: 3 }, /liveClass/],
    [
      'three means for one grey plane',
      { ...LANDMARKS, pixels: { channelOrder: 'grey', mean: [1, 2, 3], scale: 1 } },
      /grey/,
    ],
    ['no licence', { ...POSE, licence: ' ' }, /licence/],
  ])('a card with %s', async (_, card, said) => {
    const failure = add('site-own', card);
    await expect(failure).rejects.toMatchObject({ code: 'models/bad-card' });
    await expect(failure).rejects.toThrow(said);
  });

  it.each(['', 'Upper', '../up', '.hidden', 'a/b', 'x'.repeat(65)])('the name %p', async (id) => {
    await expect(add(id, ARCFACE)).rejects.toMatchObject({ code: 'models/bad-name' });
  });

  it('a name that the product or the site has', async () => {
    await add('site-arcface', ARCFACE);

    await expect(add('site-arcface', ARCFACE)).rejects.toMatchObject({ code: 'models/name-taken' });
    await expect(add('mobilefacenet-192', ARCFACE)).rejects.toMatchObject({ code: 'models/name-taken' });
  });

  it('to write where a file is in the way', async () => {
    await writeFile(directory, '');

    await expect(add('site-own', ARCFACE)).rejects.toMatchObject({ code: 'models/not-writable' });
  });
});

function flatNetwork(): Uint8Array {
  const graph = new OnnxGraph('flat');
  graph.node('Identity', [graph.input('x', ONNX_TYPE.float, [1, 37632])], {}, 'embedding');
  graph.output('embedding', ONNX_TYPE.float, [1, 37632]);
  return graph.toBytes();
}

function twoInputs(): Uint8Array {
  const graph = new OnnxGraph('two');
  const x = graph.input('x', ONNX_TYPE.float, [1, 3, 112, 112]);
  graph.node('Add', [x, graph.input('z', ONNX_TYPE.float, [1])], {}, 'y');
  graph.output('y', ONNX_TYPE.float, [1, 3, 112, 112]);
  return graph.toBytes();
}

function integerOutput(): Uint8Array {
  const graph = new OnnxGraph('integers');
  const x = graph.input('x', ONNX_TYPE.float, [1, 3, 112, 112]);
  graph.node('Cast', [x], { to: ONNX_TYPE.int64 }, 'embedding');
  graph.output('embedding', ONNX_TYPE.int64, [1, 3, 112, 112]);
  return graph.toBytes();
}
