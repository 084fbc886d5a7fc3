import { createHash } from 'node:crypto';

import { FaceCoreError } from '../../errors';
import { readLock } from '../../models/lock';

/** An embedder that is evaluated. */
export interface ModelIdentity {
  readonly id: string;
  readonly dimension: number;
  /** Cosine from which two faces are taken for one person, for FMR and FNMR. */
  readonly similarityMin: number;
  /** Hash of the embedder's file and of the detector's: other bytes, other embeddings. */
  readonly sha256: string;
}

/** Says what a model is. @throws {FaceCoreError} `models/unknown`, which says what exists */
export function identifyModel(id: string): ModelIdentity {
  const { entries } = readLock();
  const embedders = entries.filter((entry) => entry.kind === 'embedder');
  const found = embedders.find((entry) => entry.id === id);
  if (!found) {
    const known = embedders.map((entry) => entry.id).join(', ');
    throw new FaceCoreError('models/unknown', `There is no embedder ${id}. There are: ${known}.`);
  }
  const detector = entries.filter((entry) => entry.kind === 'detector').map(({ sha256 }) => sha256);
  const sha256 = createHash('sha256')
    .update([found.sha256, ...detector].join())
    .digest('hex');
  return { id, dimension: found.dimension, similarityMin: found.similarityMin, sha256 };
}
