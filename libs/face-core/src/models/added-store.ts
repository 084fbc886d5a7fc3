import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { defaultModelsDirectory } from '../config';
import { FaceCoreError } from '../errors';
import { modelIdSchema, siteCardSchema, type SiteCard } from './card';
import { assertHash, type ExpectedFile } from './files';

/** The files of an added model, in a folder of its name under `added`. */
export const ADDED_FILE = { network: 'model.onnx', record: 'model.json', hashes: 'SHA256SUMS' } as const;

const addedRecordSchema = z.strictObject({
  id: modelIdSchema,
  /** Name of the file that the site gave. */
  source: z.string(),
  /** `onnx-open-batch` where the file took one face at a time and was opened. */
  conversion: z.enum(['none', 'onnx-open-batch']),
  card: siteCardSchema,
});

/** What is kept of an added model beside its network. */
export type AddedRecord = z.infer<typeof addedRecordSchema>;

/** A site's own model: what it says of it, and its network's file. */
export interface AddedModel {
  readonly id: string;
  readonly source: string;
  readonly card: SiteCard;
  readonly network: ExpectedFile;
}

/** Where models are looked for. */
export interface AddedOptions {
  /** Folder of models. Default: `MUNJIGI_MODELS`, else `munjigi/models` in the user's cache folder. */
  directory?: string;
}

/** The folder of all added models. */
export function addedDirectory({ directory = defaultModelsDirectory() }: AddedOptions): string {
  return join(directory, 'added');
}

/** Names of all added models, sound or damaged, in order. */
export async function addedIds(options: AddedOptions): Promise<string[]> {
  const names = await readdir(addedDirectory(options)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
  return names.filter((name) => modelIdSchema.safeParse(name).success).sort();
}

/** Whether there is an added model of this name, sound or damaged. */
export async function isAdded(id: string, options: AddedOptions): Promise<boolean> {
  if (!modelIdSchema.safeParse(id).success) return false;
  return stat(join(addedDirectory(options), id)).then(
    () => true,
    () => false,
  );
}

/**
 * Reads what is kept of an added model, exactly as it was written. The network itself is not read.
 *
 * @throws {FaceCoreError} `models/corrupt` when a file is missing or is not what was written
 */
export async function readAdded(id: string, options: AddedOptions): Promise<AddedModel> {
  const folder = join(addedDirectory(options), id);
  const sums = hashesOf(await textOf(id, folder, ADDED_FILE.hashes));
  const expected = (file: string): ExpectedFile => {
    const sha256 = sums.get(file);
    if (!sha256) throw damaged(id, join(folder, ADDED_FILE.hashes));
    return { path: join(folder, file), of: id, sha256 };
  };
  const text = await textOf(id, folder, ADDED_FILE.record);
  assertHash(Buffer.from(text), expected(ADDED_FILE.record), 'models/corrupt');
  const record = addedRecordSchema.safeParse(JSON.parse(text));
  if (!record.success || record.data.id !== id) throw damaged(id, join(folder, ADDED_FILE.record));
  const { source, card } = record.data;
  return { id, source, card, network: expected(ADDED_FILE.network) };
}

async function textOf(id: string, folder: string, file: string): Promise<string> {
  try {
    return await readFile(join(folder, file), 'utf8');
  } catch (cause) {
    throw damaged(id, join(folder, file), cause);
  }
}

/** Hashes by file name, of lines as `sha256sum` writes and checks them. */
function hashesOf(text: string): Map<string, string> {
  const lines = [...text.matchAll(/^([0-9a-f]{64}) {2}(\S+)$/gm)];
  return new Map(lines.map(([, hash = '', file = '']) => [file, hash]));
}

function damaged(id: string, path: string, cause?: unknown): FaceCoreError {
  return new FaceCoreError(
    'models/corrupt',
    `${path} (${id}) is missing or not what was written. Run: npm run models -- remove ${id}, and add it again.`,
    { cause, logLevel: 'error' },
  );
}
