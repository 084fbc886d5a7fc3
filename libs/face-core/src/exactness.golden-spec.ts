import { faceToCrop } from './align/similarity-transform';
import type { AnalyzedFace } from './analyzed-face';
import { Embedder } from './embed/embedder';
import { cosineSimilarity, normalized } from './embed/embedding';
import { FacePipeline } from './face-pipeline';
import type { Frame } from './image/frame';
import { Pixels } from './image/pixels';
import { readModel } from './models/read-model';
import type { InferenceBackend } from './runtime/inference-backend';
import { OnnxRuntimeBackend } from './runtime/onnxruntime-backend';
import { distanceOfFaces, landmarkDistance, largestDifference, overlapOfFaces } from './testing/faces';
import { photo } from './testing/media';
import { PlainCascade } from './testing/plain-cascade';
import { loadPlain, loadUnconverted } from './testing/plain-networks';
import { warpedPlanes } from './testing/plain-pixels';
import { crowd, PORTRAITS } from './testing/scene';

const FACE_SIZE_MIN_PX = 40;
const LANES = [1, 2, 3] as const;

const PHOTOS = [
  'franck_01829.jpg',
  'franck_02045.jpg',
  'franck_02683.jpg',
  'franck_03909.jpg',
  'franck_04000.jpg',
  'franck_04117.jpg',
  ...PORTRAITS.slice(0, 8),
];
/** Width, height and people of scenes; what is found there is known, so that finding nothing cannot pass. */
const SCENES = [
  [640, 360, 1],
  [640, 360, 3],
  [640, 360, 8],
  [1280, 720, 1],
  [1280, 720, 5],
  [1280, 720, 12],
  [641, 359, 4],
  [333, 777, 6],
  [97, 101, 1],
] as const;

interface Picture {
  readonly name: string;
  readonly people: number;
  readonly frame: Frame;
}

const pictures: Picture[] = [];
/** What each number of lanes finds in each picture, and makes of 17 crops in batches of several sizes. */
const analysed = new Map<number, Map<string, AnalyzedFace[]>>();
const embedded = new Map<string, Float32Array[]>();
const crops: Uint8Array[] = [];

beforeAll(async () => {
  for (const name of PHOTOS) pictures.push({ name, people: 1, frame: await photo(name) });
  for (const [width, height, people] of SCENES) {
    const frame = await crowd({ width, height }, people);
    pictures.push({ name: `${width} x ${height} of ${people}`, people, frame });
  }
  for (const lanes of LANES) await runOn(lanes);
}, 120_000);

async function runOn(lanes: number): Promise<void> {
  const pipeline = await FacePipeline.open({ threads: lanes });
  const found = new Map<string, AnalyzedFace[]>();
  for (const { name, frame } of pictures) {
    found.set(name, await pipeline.analyze(frame, { faceSizeMinPx: FACE_SIZE_MIN_PX }));
  }
  analysed.set(lanes, found);
  if (crops.length === 0) await cropInto(pipeline, found);
  for (const batch of [1, 2, 5, 17]) {
    embedded.set(`${lanes} lanes, ${batch} at once`, await pipeline.embed(crops.slice(0, batch)));
  }
  // The first face alone runs on one thread, the second on two where there are lanes, until the faster way is known.
  for (const run of [1, 2, 3]) embedded.set(`${lanes} lanes, alone again ${run}`, await pipeline.embed(crops.slice(0, 1))); // prettier-ignore
  await pipeline.close();
}

async function cropInto(pipeline: FacePipeline, found: ReadonlyMap<string, AnalyzedFace[]>): Promise<void> {
  for (const { name, frame } of pictures) {
    for (const { landmarks } of found.get(name) ?? []) {
      if (crops.length < 17) crops.push(await pipeline.align(frame, landmarks));
    }
  }
}

describe('the same picture', () => {
  it.each([...PHOTOS, ...SCENES.map(([width, height, people]) => `${width} x ${height} of ${people}`)])(
    'gives the same faces and embeddings on any number of lanes: %s',
    (name) => {
      const alone = analysed.get(1)?.get(name) ?? [];
      expect(alone).toHaveLength(pictures.find((picture) => picture.name === name)?.people ?? NaN);

      for (const lanes of LANES.slice(1)) {
        const shared = analysed.get(lanes)?.get(name) ?? [];
        expect(distanceOfFaces(alone, shared)).toBeLessThan(1e-3);
        const vectors = (faces: readonly AnalyzedFace[]) => faces.flatMap(({ embedding }) => [...embedding]);
        expect(largestDifference(vectors(alone), vectors(shared))).toBeLessThan(1e-5);
      }
    },
  );

  it('gives the same embedding in any batch, on any number of lanes, at any run', () => {
    const reference = embedded.get('1 lanes, 17 at once') ?? [];
    expect(reference).toHaveLength(17);
    // Else one vector for all would do.
    expect(cosineSimilarity(reference[0] as Float32Array, reference[16] as Float32Array)).toBeLessThan(0.4);

    const differences = [...embedded].map(([what, vectors]) => ({
      what,
      differs: Math.max(...vectors.map((vector, at) => largestDifference(vector, reference[at] ?? []))),
    }));
    expect(differences).toHaveLength(21);
    expect(differences.filter(({ differs }) => !(differs < 1e-5))).toEqual([]);
  });

  it.each([2, 3])(
    'gives the same embedding whichever of two ways turns out faster, %d threads wide',
    async (threads) => {
      const { bytes, card } = await readModel('embedder', 'mobilefacenet-192');
      const narrow = counting(new OnnxRuntimeBackend());
      const wide = counting(new OnnxRuntimeBackend({ threads, spinning: true }));
      const embedder = await Embedder.load(bytes, card, { backend: narrow, wide });
      const pixels = new Pixels();
      const runs: Float32Array[] = [];
      for (let run = 0; run < 4; run += 1) {
        const [made] = await embedder.embed(pixels, crops.slice(0, 1));
        runs.push(made?.embedding ?? new Float32Array());
      }
      await embedder.release();

      expect([narrow.runs, wide.runs].every((count) => count > 0)).toBe(true);
      const alone = embedded.get('1 lanes, 1 at once')?.[0] ?? [];
      expect(Math.max(...runs.map((vector) => largestDifference(vector, alone)))).toBeLessThan(1e-5);
    },
  );
});

/** A backend that counts how often its networks run. */
function counting(backend: InferenceBackend): InferenceBackend & { runs: number } {
  const counted = {
    runs: 0,
    async load(bytes: Uint8Array) {
      const network = await backend.load(bytes);
      return {
        run(...args: Parameters<typeof network.run>) {
          counted.runs += 1;
          return network.run(...args);
        },
        release: () => network.release(),
      };
    },
  };
  return counted;
}

describe('beside the networks as they were trained, in plain loops', () => {
  let cascade: PlainCascade;

  beforeAll(async () => {
    cascade = await PlainCascade.load();
  });

  afterAll(() => cascade.release());

  it.each([...PHOTOS, ...SCENES.map(([width, height, people]) => `${width} x ${height} of ${people}`)])(
    'finds the same faces: %s',
    async (name) => {
      const { frame } = pictures.find((picture) => picture.name === name) as Picture;
      const fast = analysed.get(2)?.get(name) ?? [];
      const plain = await cascade.detect(frame, FACE_SIZE_MIN_PX);

      // Where the algorithm is the same: each face of ours is one that the plain cascade judged, to a pixel; measured .1.
      for (const face of fast) {
        const nearest = Math.min(...plain.judged.map((judged) => distanceOfFaces([face], [judged])));
        expect(nearest).toBeLessThan(1);
      }
      // The third network judges one of several boxes of a face, so another of them may come out. Measured .83 and .021.
      expect(fast).toHaveLength(plain.faces.length);
      for (const face of plain.faces) {
        const [own] = [...fast].sort((a, b) => overlapOfFaces(b, face) - overlapOfFaces(a, face));
        expect(overlapOfFaces(own as AnalyzedFace, face)).toBeGreaterThan(0.78);
        expect(landmarkDistance(own as AnalyzedFace, face)).toBeLessThan(0.03);
      }
    },
  );

  it('embeds faces as a plain warp and the plain network do, to a cosine over .999', async () => {
    const network = await loadPlain('mobilefacenet-192');
    for (const { name, frame } of pictures.slice(0, 10)) {
      const [face] = analysed.get(2)?.get(name) ?? [];
      const { xu, xv, x0, yu, yv, y0 } = faceToCrop(face?.landmarks ?? []);
      const planes = warpedPlanes(frame, 112, (u, v) => [xu * u + xv * v + x0, yu * u + yv * v + y0]);
      const data = planes.map((value) => (value - 127.5) / 128);
      const [vector] = await network.run(data, [1, 3, 112, 112], ['embedding']);

      const cosine = cosineSimilarity(
        normalized(vector as Float32Array),
        face?.embedding ?? new Float32Array(),
      );
      expect(cosine).toBeGreaterThan(0.999);
    }
    await network.release();
  });
});

describe('a network as it runs', () => {
  it.each([
    ['mobilefacenet-192', () => loadPlain('mobilefacenet-192'), 'embedding'],
    ['faceplugin-512', () => loadUnconverted('faceplugin-512', 'input'), 'output'],
  ])('%s gives what it gave before it was rewritten, to a cosine over .999999', async (id, load, output) => {
    const { bytes, card } = await readModel('embedder', id);
    const embedder = await Embedder.load(bytes, card, { backend: new OnnxRuntimeBackend() });
    const pixels = new Pixels();
    const plain = await load();
    const made = await embedder.embed(pixels, crops);
    expect(made).toHaveLength(17);
    for (const [index, crop] of crops.entries()) {
      const planes = new Pixels().planes([crop], card.pixels);
      const [vector] = await plain.run(planes, [1, 3, 112, 112], [output]);

      const cosine = cosineSimilarity(
        normalized(vector as Float32Array),
        made[index]?.embedding as Float32Array,
      );
      expect(cosine).toBeGreaterThan(0.999999);
    }
    await Promise.all([embedder.release(), plain.release()]);
  });

  it('gives a face and its mirror image one embedding where both are added up, and only there', async () => {
    const mirrored = crops.map(mirrorImage);
    const worst: number[] = [];
    for (const flip of [true, false]) {
      const pipeline = await FacePipeline.open({ threads: 1, flip });
      const [straight, turned] = [await pipeline.embed(crops), await pipeline.embed(mirrored)];
      worst.push(Math.max(...straight.map((vector, at) => largestDifference(vector, turned[at] ?? []))));
      await pipeline.close();
    }

    expect(worst[0]).toBeLessThan(1e-4);
    expect(worst[1]).toBeGreaterThan(1e-2);
  });
});

function mirrorImage(crop: Uint8Array): Uint8Array {
  const mirrored = new Uint8Array(crop.length);
  for (let pixel = 0; pixel < crop.length / 3; pixel += 1) {
    const [row, column] = [Math.floor(pixel / 112), pixel % 112];
    mirrored.set(crop.subarray(pixel * 3, pixel * 3 + 3), (row * 112 + 111 - column) * 3);
  }
  return mirrored;
}
