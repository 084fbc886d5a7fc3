import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { FaceCoreError } from '../errors';

/** Hex SHA-256 of some bytes. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Puts a file in place whole or not at all, even when the machine stops half-way: a temporary file in the same
 * folder, flushed, renamed, the folder flushed.
 */
export async function writeAtomically(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  const temporary = temporaryIn(folder, basename(path));
  try {
    const file = await open(temporary, 'wx', 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}

/** A path that nobody else has, for what will be renamed to its place in the folder. */
export function temporaryIn(folder: string, name: string): string {
  return join(folder, `.${name}.${randomUUID()}.tmp`);
}

/** Makes renames in a folder outlast a loss of power. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what interrupted writes left in a folder and nobody is writing any more. */
export async function sweepTemporaries(folder: string, olderThanMs: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !name.endsWith('.tmp')) continue;
    const path = join(folder, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > olderThanMs) await rm(path, { force: true, recursive: true });
  }
}

/** What a file should be. */
export interface ExpectedFile {
  readonly path: string;
  /** For people: the model or package it belongs to. */
  readonly of: string;
  readonly sha256: string;
}

/**
 * Reads a file whose content is as recorded.
 *
 * @throws {FaceCoreError} `models/missing` when it is not there, `models/corrupt` when its hash differs
 */
export async function readVerified(expected: ExpectedFile): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(expected.path);
  } catch (cause) {
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) {
      throw new FaceCoreError(
        'models/missing',
        `${expected.of} is not installed: there is no ${expected.path}. Run: npm run models -- install`,
        { cause },
      );
    }
    throw new FaceCoreError('models/unreadable', `${expected.path} cannot be read: ${String(cause)}`, {
      cause,
    });
  }
  assertHash(bytes, expected, 'models/corrupt');
  return bytes;
}

/** @throws {FaceCoreError} with the code given, naming the file, what was expected and what came */
export function assertHash(bytes: Uint8Array, expected: ExpectedFile, code: string): void {
  const got = sha256Of(bytes);
  if (got === expected.sha256) return;
  throw new FaceCoreError(
    code,
    `${expected.path} (${expected.of}) is not what was recorded: expected sha256 ${expected.sha256}, got ${got}.`,
    { logLevel: 'error' },
  );
}

/** Whether a file is there with the content recorded. */
export async function isInPlace(expected: ExpectedFile): Promise<boolean> {
  try {
    await readVerified(expected);
    return true;
  } catch (error) {
    if (error instanceof FaceCoreError && ['models/missing', 'models/corrupt'].includes(error.code))
      return false;
    throw error;
  }
}

/** A failure to write as `models/not-writable`, which says what to do; any other error as it is. */
export function asWriteError(error: unknown, directory: string): unknown {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'ENOTDIR', 'EEXIST'].includes(code)) return error;
  return new FaceCoreError(
    'models/not-writable',
    `The folder ${directory} cannot be written (${code}). Choose another with MUNJIGI_MODELS.`,
    { cause: error },
  );
}
