import type { DetectedFace, Landmarks } from '../detect/face';
import type { Frame } from '../image/frame';

/** What embedding a face takes of the vision. */
export interface FaceEmbedding<Picture = Frame> {
  /** The aligned crop that `embed` takes; rejects for landmarks that no face can have. */
  align(picture: Picture, landmarks: Landmarks): Promise<Uint8Array>;
  /** One L2-normalised embedding for each crop, in order. */
  embed(crops: readonly Uint8Array[]): Promise<Float32Array[]>;
}

/** A face that is followed. */
export interface FaceOfTrack {
  readonly trackId: string;
  readonly face: DetectedFace;
}

/**
 * Aligns and embeds these faces of a frame, all crops in one batch.
 *
 * @returns their embeddings by track; none for a face that has no shape
 */
export async function embedFaces<Picture>(
  vision: FaceEmbedding<Picture>,
  frame: Picture,
  faces: readonly FaceOfTrack[],
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
