import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ALIGNED_PX } from '../align/similarity-transform';
import { FaceCoreError } from '../errors';
import { addedDirectory, type AddedOptions } from './added-store';
import type { SiteCard } from './card';
import { sha256Of, writeAtomically } from './files';

/** What decides a model's embeddings: the network, and what the card says of its pixels and its output. */
export interface EmbeddingSource {
  readonly id: string;
  readonly card: SiteCard;
  /** Of the network's file. */
  readonly sha256: string;
}

/**
 * Reserves the name of an embedder that goes away: templates carry it, and another model of the same name would be
 * compared with them.
 */
export async function reserveName(source: EmbeddingSource, options: AddedOptions): Promise<void> {
  const fingerprint = fingerprintOf(source);
  if (fingerprint) await writeAtomically(pathOf(source.id, options), Buffer.from(fingerprint));
}

/**
 * Lets a name pass that no other embedder ever had here.
 *
 * @throws {FaceCoreError} `models/name-taken`
 */
export async function assertNameUnreserved(source: EmbeddingSource, options: AddedOptions): Promise<void> {
  const reserved = await readFile(pathOf(source.id, options), 'utf8').catch(() => undefined);
  if (reserved === undefined || reserved === fingerprintOf(source)) return;
  throw new FaceCoreError(
    'models/name-taken',
    `${source.id} was the name of another model, or of another card's pixels. Templates made with it may still exist, ` +
      'and embeddings of two models do not compare. Choose another name.',
  );
}

function fingerprintOf({ card, sha256 }: EmbeddingSource): string | undefined {
  if (card.kind !== 'embedder') return undefined;
  const { channelOrder, mean, scale } = card.pixels;
  const { sizePx = ALIGNED_PX } = card;
  return sha256Of(
    Buffer.from(JSON.stringify([sha256, card.outputs.embedding, sizePx, channelOrder, [mean], [scale]])),
  );
}

function pathOf(id: string, options: AddedOptions): string {
  return join(addedDirectory(options), `.${id}.removed`);
}
