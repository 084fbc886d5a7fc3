import type { CapturedFrame } from '../ports/frame-source';
import type { Vision } from '../ports/vision';
import type { TrackedFace } from './track';

/** Aligns and embeds these faces of a frame. @returns their embeddings by track. */
export async function embedFaces(
  vision: Vision,
  frame: CapturedFrame,
  faces: readonly TrackedFace[],
): Promise<Map<string, Float32Array>> {
  if (faces.length === 0) return new Map();
  const crops = await Promise.all(faces.map(({ face }) => vision.align(frame, face.landmarks)));
  const embeddings = await vision.embed(crops);
  return new Map(faces.map(({ trackId }, index) => [trackId, embeddings[index]!]));
}
