import type { Embedded } from '../embed/embedder';
import { FaceCoreError } from '../errors';
import type { FaceQuality } from '../quality/face-quality';

/** What is said of a face beside where it is. */
export interface DescribedFace extends Embedded {
  readonly quality?: FaceQuality;
}

/** What is asked of a network that the pipeline was not opened with. */
export function notLoaded(what: string): FaceCoreError {
  return new FaceCoreError(
    'pipeline/not-loaded',
    `This pipeline was opened without ${what}: open it with ${what}Id.`,
  );
}
