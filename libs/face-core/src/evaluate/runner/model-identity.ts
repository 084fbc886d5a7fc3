import { createHash } from 'node:crypto';

import { readLock } from '../../models/lock';
import { readModel } from '../../models/read-model';

/** An embedder that is evaluated. */
export interface ModelIdentity {
  readonly id: string;
  readonly dimension: number;
  /** Cosine from which two faces are taken for one person, for FMR and FNMR. */
  readonly similarityMin: number;
  /** Hash of all that makes its embeddings: its file, what it is fed, the detector's files. */
  readonly sha256: string;
}

/**
 * Says what an embedder is, the product's or a site's own.
 *
 * @throws {FaceCoreError} `models/unknown`, which says what exists; `models/missing`, `models/corrupt`
 */
export async function identifyModel(id: string): Promise<ModelIdentity> {
  const { card, bytes } = await readModel('embedder', id);
  const { dimension, similarityMin, pixels, sizePx, outputs } = card;
  const hash = createHash('sha256').update(bytes);
  hash.update(JSON.stringify([pixels.channelOrder, pixels.mean, pixels.scale, sizePx, outputs.embedding]));
  for (const entry of readLock().entries) if (entry.kind === 'detector') hash.update(entry.sha256);
  return { id, dimension, similarityMin, sha256: hash.digest('hex') };
}
