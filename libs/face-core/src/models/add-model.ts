import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';

import { FaceCoreError } from '../errors';
import { ADDED_FILE, addedDirectory, isAdded, type AddedOptions, type AddedRecord } from './added-store';
import { modelIdSchema, siteCardSchema, type SiteCard } from './card';
import { checkCard, expectedEnds, type ExpectedEnds } from './check-card';
import { openBatch } from './convert/open-batch';
import { isSameInBatch } from './convert/same-in-batch';
import { asWriteError, sha256Of, sweepTemporaries, syncFolder, temporaryIn, writeAtomically } from './files';
import { readLock } from './lock';
import { assertNameUnreserved } from './removed-names';

/** A site's own model on its way in. */
export interface AddModelRequest {
  /** The id it will have: 1 to 64 of a to z, 0 to 9, dot, dash and underscore. */
  readonly id: string;
  /** Path of its ONNX file, weights included. */
  readonly file: string;
  /** What is known of it: the content of a card file. Checked here. */
  readonly card: unknown;
}

type Options = AddedOptions & { lockPath?: string };

/** Folders of additions that died are swept after this. */
const LEFTOVER_MS = 60_000;

/**
 * Makes a site's own model as good as the product's: it can be opened by its id, is listed and verified.
 *
 * The file is loaded and run once and compared with the card. One that takes a single face at a time is opened to any
 * batch, and the result compared with the file on noise. All of it appears or nothing.
 *
 * @throws {FaceCoreError} `models/bad-name`, `models/name-taken`, `models/bad-card` (all that is wrong with it),
 *   `models/unreadable`, `models/card-mismatch` (all that differs), `models/unsupported` when the batch cannot be opened,
 *   `models/not-writable`
 */
export async function addModel(request: AddModelRequest, options: Options = {}): Promise<void> {
  const { id } = request;
  await assertFree(id, options);
  const card = parseCard(request.card);
  const bytes = await readNetwork(request.file);
  const ends = expectedEnds(card);
  const { oneAtATime } = await checkCard(bytes, ends);
  const network = await batched(bytes, ends, oneAtATime);
  await assertNameUnreserved({ id, card, sha256: sha256Of(network) }, options);
  const record: AddedRecord = {
    id,
    source: basename(request.file),
    conversion: network === bytes ? 'none' : 'onnx-open-batch',
    card,
  };
  try {
    await place(id, { network, record: Buffer.from(`${JSON.stringify(record, null, 2)}\n`) }, options);
  } catch (error) {
    throw asWriteError(error, addedDirectory(options));
  }
}

async function assertFree(id: string, options: Options): Promise<void> {
  const name = modelIdSchema.safeParse(id);
  if (!name.success) {
    const reason = name.error.issues.map(({ message }) => message).join('; ');
    throw new FaceCoreError('models/bad-name', `The name ${id} ${reason}.`);
  }
  const locked = readLock(options.lockPath).entries.some((entry) => entry.id === id);
  if (locked || (await isAdded(id, options))) throw taken(id);
}

function taken(id: string): FaceCoreError {
  return new FaceCoreError('models/name-taken', `There is a model ${id} already. Choose another name.`);
}

function parseCard(content: unknown): SiteCard {
  const parsed = siteCardSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new FaceCoreError('models/bad-card', `The card is not valid:\n${z.prettifyError(parsed.error)}`);
}

async function readNetwork(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new FaceCoreError('models/unreadable', `${path} cannot be read: ${String(cause)}`, { cause });
  }
}

/** The network for any batch: as it came where it takes one, else opened. */
async function batched(bytes: Uint8Array, ends: ExpectedEnds, oneAtATime: boolean): Promise<Uint8Array> {
  const { input, shape } = ends;
  // Some declare an open batch and fix it inside.
  if (!oneAtATime && (await isSameInBatch({ original: bytes, opened: bytes, input, shape }))) return bytes;
  try {
    const opened = openBatch(bytes, { input, outputs: {} });
    if (await isSameInBatch({ original: bytes, opened, input, shape })) return opened;
  } catch (cause) {
    throw unopened(cause);
  }
  throw unopened();
}

function unopened(cause?: unknown): FaceCoreError {
  return new FaceCoreError(
    'models/unsupported',
    'The file takes one face at a time and cannot be opened to more. Export it with an open batch dimension.',
    { cause },
  );
}

async function place(
  id: string,
  content: { network: Uint8Array; record: Uint8Array },
  options: Options,
): Promise<void> {
  const folder = addedDirectory(options);
  await mkdir(folder, { recursive: true });
  await sweepTemporaries(folder, LEFTOVER_MS);
  const temporary = temporaryIn(folder, id);
  const hashes = [
    `${sha256Of(content.network)}  ${ADDED_FILE.network}\n`,
    `${sha256Of(content.record)}  ${ADDED_FILE.record}\n`,
  ];
  try {
    await mkdir(temporary);
    await writeAtomically(join(temporary, ADDED_FILE.network), content.network);
    await writeAtomically(join(temporary, ADDED_FILE.record), content.record);
    await writeAtomically(join(temporary, ADDED_FILE.hashes), Buffer.from(hashes.join('')));
    await rename(temporary, join(folder, id));
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    // Somebody added the same name meanwhile.
    throw ['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '') ? taken(id) : error;
  }
  await syncFolder(folder);
}
