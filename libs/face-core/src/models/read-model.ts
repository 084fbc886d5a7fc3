import { FaceCoreError } from '../errors';
import { addedIds, isAdded, readAdded } from './added-store';
import type { CardByKind } from './card';
import { readVerified } from './files';
import { readLock, type LockedEntry, type LockedNetwork } from './lock';
import { networkFile, type StoreOptions } from './store';

/** A model that may run: what is known of it, and exactly the bytes that were verified. */
export interface VerifiedModel<Kind extends keyof CardByKind> {
  readonly card: CardByKind[Kind];
  /** Its ONNX file. */
  readonly bytes: Uint8Array;
}

/**
 * Reads a model of a kind, the product's or a site's own, whose every byte is as recorded.
 *
 * @throws {FaceCoreError} `models/unknown` (says which there are of that kind), `models/missing`, `models/corrupt`,
 *   `models/name-taken` when a newer release has a model of the name that a site gave its own
 */
export async function readModel<Kind extends keyof CardByKind>(
  kind: Kind,
  id: string,
  options: Omit<StoreOptions, 'only'> = {},
): Promise<VerifiedModel<Kind>> {
  const { entries } = readLock(options.lockPath);
  const added = await isAdded(id, options);
  const entry = entries.find((candidate) => candidate.id === id);
  if (entry && added) throw twice(id);
  if (entry && isNetwork(entry) && isOfKind(entry, kind)) {
    return { card: entry, bytes: await readVerified(networkFile(entry, options)) };
  }
  if (added) {
    const { card, network } = await readAdded(id, options);
    const named = { ...card, id };
    if (isOfKind(named, kind)) return { card: named, bytes: await readVerified(network) };
  }
  throw await unknown(kind, id, options);
}

function isNetwork(entry: LockedEntry): entry is LockedNetwork {
  return entry.kind !== 'media';
}

function isOfKind<Kind extends keyof CardByKind>(
  card: { readonly kind: string },
  kind: Kind,
): card is CardByKind[Kind] {
  return card.kind === kind;
}

function twice(id: string): FaceCoreError {
  return new FaceCoreError(
    'models/name-taken',
    `${id} is a model of this release and the name of one that this site added. ` +
      'Add yours again under another name, then remove this one.',
  );
}

async function unknown(
  kind: keyof CardByKind,
  id: string,
  options: Omit<StoreOptions, 'only'>,
): Promise<FaceCoreError> {
  const known = readLock(options.lockPath)
    .entries.filter((entry) => entry.kind === kind)
    .map((entry) => entry.id);
  for (const name of await addedIds(options)) {
    const own = await readAdded(name, options).catch(() => undefined);
    if (own?.card.kind === kind) known.push(name);
  }
  return new FaceCoreError(
    'models/unknown',
    `There is no ${kind} model ${id}. There are: ${known.join(', ')}.`,
  );
}
