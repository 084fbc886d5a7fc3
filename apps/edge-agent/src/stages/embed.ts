import type { CapturedFrame } from '../ports/frame-source';
import type { Vision } from '../ports/vision';
import type { TrackedFace } from './track';

/** Aligns and embeds these faces of a frame. @returns their embeddings by track; none for a face that has no shape. */
export async function embedFaces(
  vision: Vision,
  frame: CapturedFrame,
  faces: readonly TrackedFace[],
): Promise<Map<string, Float32Array>> {
  const aligned: { trackId: string; crop: Uint8Array }[] = [];
  for (const { trackId, face } of faces) {
    // One face that cannot be aligned must not cost the others their turn.
    const crop = await vision.align(frame, face.landmarks).catch(() => null);
    if (crop) aligned.push({ trackId, crop });
  }
  if (aligned.length === 0) return new Map();
  const embeddings = await vision.embed(aligned.map(({ crop }) => crop));
  return new Map(aligned.map(({ trackId }, index) => [trackId, embeddings[index]!]));
}
