import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultModelsDirectory } from './config';
import { FacePipeline } from './face-pipeline';
import { plainFrame } from './testing/frames';
import { photo } from './testing/media';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'munjigi-models-'));
});

afterEach(() => rm(directory, { recursive: true }));

async function copyModels(): Promise<void> {
  for (const file of await readdir(defaultModelsDirectory())) {
    if (file.endsWith('.onnx')) await copyFile(join(defaultModelsDirectory(), file), join(directory, file));
  }
}

describe('FacePipeline.open', () => {
  it('refuses an unknown model and says which exist', async () => {
    await expect(FacePipeline.open({ embedderId: 'nobody-9' })).rejects.toMatchObject({
      code: 'models/unknown',
      message: expect.stringMatching(/nobody-9.*mobilefacenet-192.*faceplugin-512/),
    });
  });

  it('says how to install what is missing', async () => {
    await expect(FacePipeline.open({ modelsDirectory: directory })).rejects.toMatchObject({
      code: 'models/missing',
      message: expect.stringContaining('npm run models -- install'),
    });
  });

  it('refuses a model file with one flipped bit, naming it', async () => {
    await copyModels();
    const path = join(directory, 'mtcnn-rnet.onnx');
    const bytes = await readFile(path);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
    await writeFile(path, bytes);

    await expect(FacePipeline.open({ modelsDirectory: directory })).rejects.toMatchObject({
      code: 'models/corrupt',
      message: expect.stringMatching(/mtcnn-rnet\.onnx.*expected sha256 [0-9a-f]{64}, got [0-9a-f]{64}/),
    });
  });

  it('opens the second embedder with its own dimension and threshold', async () => {
    const pipeline = await FacePipeline.open({ embedderId: 'faceplugin-512' });
    const frames = [
      await photo('franck_01829.jpg'),
      await photo('franck_02045.jpg'),
      await photo('portrait-male-08.jpg'),
    ];

    const faces = (await Promise.all(frames.map((frame) => pipeline.analyze(frame)))).map(
      ([face]) => face?.embedding,
    );
    await pipeline.close();

    const [a, b, other] = faces as [Float32Array, Float32Array, Float32Array];
    const cosine = (x: Float32Array, y: Float32Array) =>
      x.reduce((sum, value, at) => sum + value * (y[at] as number), 0);
    expect(a).toHaveLength(512);
    expect(cosine(a, b)).toBeGreaterThan(pipeline.similarityMin);
    expect(cosine(a, other)).toBeLessThan(pipeline.similarityMin / 2);
  });
});

describe('FacePipeline', () => {
  let pipeline: FacePipeline;

  beforeAll(async () => {
    pipeline = await FacePipeline.open({ threads: 1 });
  });

  afterAll(() => pipeline.close());

  it.each([
    ['too few bytes', { data: new Uint8Array(10), width: 64, height: 64 }],
    ['no pixels', { data: new Uint8Array(0), width: 0, height: 0 }],
    ['half a pixel', { data: new Uint8Array(3), width: 1.5, height: 1 }],
  ])('refuses a frame with %s', async (_, frame) => {
    await expect(pipeline.detect(frame)).rejects.toMatchObject({ code: 'frame/invalid' });
    await expect(pipeline.analyze(frame)).rejects.toMatchObject({ code: 'frame/invalid' });
    await expect(pipeline.align(frame, [])).rejects.toMatchObject({ code: 'frame/invalid' });
  });

  it('refuses crops and landmarks that are none, and goes on', async () => {
    await expect(pipeline.embed([new Uint8Array(100)])).rejects.toMatchObject({ code: 'crop/invalid' });
    await expect(pipeline.align(plainFrame(64, 64), [])).rejects.toMatchObject({
      code: 'landmarks/degenerate',
    });

    expect(await pipeline.embed([])).toEqual([]);
  });

  it('answers overlapping calls with what each asked, and lets a frame be reused at once', async () => {
    const face = await photo('franck_02045.jpg');
    const frame = { ...face, data: Uint8Array.from(face.data) };

    const first = pipeline.detect(frame);
    frame.data.fill(0);
    const second = pipeline.detect(frame);

    expect((await first).length).toBe(1);
    expect((await second).length).toBe(0);
  });

  it('leaves the caller’s event loop free while it works', async () => {
    const face = await photo('franck_02045.jpg');
    const busyBefore = performance.eventLoopUtilization();

    for (let call = 0; call < 10; call += 1) await pipeline.analyze(face);

    expect(performance.eventLoopUtilization(busyBefore).utilization).toBeLessThan(0.5);
  });

  it('answers what was asked before it closes, and then refuses', async () => {
    const other = await FacePipeline.open({ threads: 1 });
    const face = await photo('franck_02045.jpg');

    const asked = other.detect(face);
    const closed = Promise.all([other.close(), other.close()]);

    expect((await asked).length).toBe(1);
    await closed;
    await expect(other.detect(face)).rejects.toMatchObject({ code: 'engine/closed' });
    await expect(other.embed([])).rejects.toMatchObject({ code: 'engine/closed' });
  });
});
