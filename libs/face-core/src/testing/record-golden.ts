import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { AnalyzedFace } from '../analyzed-face';
import { cosineSimilarity } from '../embed/embedding';
import { FacePipeline } from '../face-pipeline';
import { GOLDEN_PHOTOS } from './golden';
import { photo } from './media';

/**
 * Writes what the pipeline finds on the golden photographs now. Run with `npx tsx src/testing/record-golden.ts` only
 * after looking at the result drawn on the photographs; the specs compare against it.
 *
 * Similarities are recorded, embeddings never: they are the templates of real people.
 */
async function main(): Promise<void> {
  const pipeline = await FacePipeline.open();
  const found: { file: string; faces: AnalyzedFace[] }[] = [];
  for (const file of GOLDEN_PHOTOS) {
    found.push({ file, faces: await pipeline.analyze(await photo(file), { faceSizeMinPx: 30 }) });
  }
  await pipeline.close();
  const golden = {
    modelId: pipeline.modelId,
    photos: found.map(({ file, faces }) => ({
      file,
      faces: faces.map(({ box, score, landmarks }) => ({
        box: [box.x, box.y, box.width, box.height].map(tenth),
        score: Math.round(score * 1000) / 1000,
        landmarks: landmarks.map(({ x, y }) => [tenth(x), tenth(y)]),
      })),
    })),
    similarities: pairs(found.flatMap(({ file, faces: [face] }) => (face ? [{ file, face }] : []))),
  };
  await writeFile(join(__dirname, 'golden', 'photos.json'), `${JSON.stringify(golden, null, 1)}\n`);
}

function pairs(found: readonly { file: string; face: AnalyzedFace }[]) {
  return found.flatMap((a, index) =>
    found.slice(index + 1).map((b) => ({
      pair: [a.file, b.file],
      similarity: Math.round(cosineSimilarity(a.face.embedding, b.face.embedding) * 1000) / 1000,
    })),
  );
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

void main();
