import type { DetectedFace } from '../detect/face';
import { cosineSimilarity } from '../embed/embedding';
import { FaceCoreError } from '../errors';
import type { Frame } from '../image/frame';
import { faceSignature, likeness, type FaceSignature } from './face-signature';
import type { FollowedRecognizer } from './followed-detector';

/** What a track remembers of its face's looks. Never leaves the process. */
export interface Appearance {
  readonly signature: FaceSignature | undefined;
  /** The latest that was made; only where there is a recognizer. */
  readonly embedding: Float32Array | undefined;
}

/** One face of the current frame, described as far as was asked for. */
export class Look<F extends DetectedFace> {
  readonly signature: FaceSignature | undefined;
  #embedding: Promise<Float32Array | undefined> | undefined;

  constructor(
    private readonly frame: Frame,
    readonly face: F,
    private readonly recognizer: FollowedRecognizer<F> | undefined,
  ) {
    this.signature = faceSignature(frame, face.landmarks);
  }

  /** Made once, when first asked for; nothing without a recognizer or where there is no face after all. */
  embedding(): Promise<Float32Array | undefined> {
    this.#embedding ??= this.#embed();
    return this.#embedding;
  }

  /** The embedding if somebody asked for one already. */
  async madeEmbedding(): Promise<Float32Array | undefined> {
    return this.#embedding;
  }

  async #embed(): Promise<Float32Array | undefined> {
    try {
      return await this.recognizer?.embed(this.frame, this.face);
    } catch (error) {
      if (error instanceof FaceCoreError && error.code === 'landmarks/degenerate') return undefined;
      throw error;
    }
  }
}

/** How alike the face of a look is to the track's last one, -1 to 1; 0 where one of them cannot be described. */
export function likenessOf<F extends DetectedFace>(before: Appearance, look: Look<F>): number {
  return before.signature && look.signature ? likeness(before.signature, look.signature) : 0;
}

/** When two looks are taken for one person. */
export interface GuardOptions<F extends DetectedFace> {
  readonly likenessMin: number;
  readonly recognizer: FollowedRecognizer<F> | undefined;
}

/**
 * Whether a look shows the person that a track follows. Doubt means no.
 *
 * Likeness alone says yes from `likenessMin` on. Below, the recognizer compares with the track's latest embedding.
 */
export async function isSamePerson<F extends DetectedFace>(
  before: Appearance,
  look: Look<F>,
  { likenessMin, recognizer }: GuardOptions<F>,
): Promise<boolean> {
  if (likenessOf(before, look) >= likenessMin) return true;
  if (!recognizer || !before.embedding) return false;
  const embedding = await look.embedding();
  return embedding !== undefined && cosineSimilarity(before.embedding, embedding) >= recognizer.similarityMin;
}
