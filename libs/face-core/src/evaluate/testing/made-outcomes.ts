import type { EvaluationImage } from '../readers/images';
import type { FaceOutcome } from '../runner/face-outcome';
import type { ModelIdentity } from '../runner/model-identity';

/** A model whose embeddings lie on a circle, so that a score is the cosine of an angle. */
export const CIRCLE_MODEL: ModelIdentity = { id: 'circle', dimension: 2, similarityMin: 0.5, sha256: '' };

const NO_LANDMARKS = Array.from({ length: 5 }, () => ({ x: 0, y: 0 }));

/** An embedding at an angle in degrees; undefined: a picture without a face. */
export function outcomeAt(degrees: number | undefined): FaceOutcome {
  if (degrees === undefined) return { kind: 'no-face' };
  const radians = (degrees * Math.PI) / 180;
  const embedding = Float32Array.of(Math.cos(radians), Math.sin(radians));
  return { kind: 'face', embedding, landmarks: NO_LANDMARKS };
}

/** Pictures that nobody reads. */
export function namedImages(count: number): EvaluationImage[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `picture ${at}`,
    read: () => Promise.reject(new Error('not to be read')),
  }));
}
