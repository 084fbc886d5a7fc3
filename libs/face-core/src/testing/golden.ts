import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Photographs that the golden specs look at: one man six times, eight other people, a toy, a covered face. */
export const GOLDEN_PHOTOS = [
  'franck_01829.jpg',
  'franck_02045.jpg',
  'franck_02683.jpg',
  'franck_03909.jpg',
  'franck_04000.jpg',
  'franck_04117.jpg',
  'portrait-female-01.jpg',
  'portrait-female-04.jpg',
  'portrait-female-08.jpg',
  'portrait-female-20.jpg',
  'portrait-male-01.jpg',
  'portrait-male-08.jpg',
  'portrait-male-11.jpg',
  'portrait-male-16.jpg',
  'portrait-male-18.jpg',
  'portrait-male-24.jpg',
] as const;

const photosSchema = z.object({
  modelId: z.string(),
  photos: z.array(
    z.object({
      file: z.string(),
      faces: z.array(
        z.object({
          box: z.array(z.number()).length(4),
          score: z.number(),
          landmarks: z.array(z.array(z.number()).length(2)).length(5),
        }),
      ),
    }),
  ),
  similarities: z.array(z.object({ pair: z.array(z.string()).length(2), similarity: z.number() })),
});

const cellSchema = z.object({ column: z.int(), row: z.int(), values: z.array(z.number()) });
const tfliteSchema = z.record(
  z.string(),
  z.object({
    batch: z.int(),
    width: z.int(),
    height: z.int(),
    outputs: z.record(z.string(), z.union([z.array(z.number()), z.array(cellSchema)])),
  }),
);

/** Faces, landmarks and similarities on {@link GOLDEN_PHOTOS}, recorded after a look at each drawn on its photograph. */
export function goldenPhotos(): z.infer<typeof photosSchema> {
  return photosSchema.parse(read('photos.json'));
}

/**
 * What TensorFlow Lite's own runtime (its WebAssembly build) gave for noise from `noiseBytes`, laid out as each file
 * wants it. Of maps only some cells are kept.
 */
export function goldenTfliteOutputs(): z.infer<typeof tfliteSchema> {
  return tfliteSchema.parse(read('tflite-outputs.json'));
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(join(__dirname, 'golden', name), 'utf8'));
}
