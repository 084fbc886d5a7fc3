import type { Landmarks } from '../../detect/face';

/** What became of one picture under one model. */
export type FaceOutcome =
  | {
      readonly kind: 'face';
      /** L2-normalised. A secret, as every embedding. */
      readonly embedding: Float32Array;
      /** Of the face that was taken, in pixels of the picture; all zero in a crop that came aligned. */
      readonly landmarks: Landmarks;
    }
  /** The picture shows no face that the detector finds: a failure to acquire. */
  | { readonly kind: 'no-face' }
  /** The file cannot be decoded: a failure to acquire. */
  | { readonly kind: 'unreadable' };

/** How many pictures gave no embedding, and why. */
export interface AcquisitionFailures {
  readonly total: number;
  readonly noFace: number;
  readonly unreadable: number;
}

/** Counts failures to acquire. */
export function failuresIn(outcomes: readonly FaceOutcome[]): AcquisitionFailures {
  const count = (kind: FaceOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const [noFace, unreadable] = [count('no-face'), count('unreadable')];
  return { total: noFace + unreadable, noFace, unreadable };
}

/** The embedding of an outcome, where there is one. */
export function embeddingOf(outcome: FaceOutcome | undefined): Float32Array | undefined {
  return outcome?.kind === 'face' ? outcome.embedding : undefined;
}
