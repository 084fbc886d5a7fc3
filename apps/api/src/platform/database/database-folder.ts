import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, lstat, mkdir, realpath, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { StartError } from '../errors/start-error';
import { canEnter, databaseUser, type SystemUser } from './system-user';

/** Folders of one embedded database, and the user that owns them. */
export interface DatabaseFolder {
  /** Holds the cluster, its logs and a copy of the binaries if one is needed; mode 0700, owned by `user`. */
  readonly root: string;
  readonly user: SystemUser;
}

/** The kernel's bound on a socket's path is 108 bytes, and 104 on macOS. */
const SOCKET_PATH_BYTES_MAX = 100;

/** Where root's databases lie when the data folder is one that only root can enter. */
const SYSTEM_STATE_DIRECTORY = '/var/lib/munjigi';

/**
 * Guarantees `postgres` in the data folder, owned by the user that the database runs as.
 *
 * Root's database runs as *nobody*. A data folder that is closed to others is opened for that user's group to pass
 * through. Where that is not enough, because it lies in a folder such as `/root`, `postgres` is a link to a folder
 * under `/var/lib/munjigi`.
 *
 * @throws {StartError} `data/unwritable` when the data folder cannot be made or written.
 */
export async function prepareDatabaseFolder(dataDirectory: string): Promise<DatabaseFolder> {
  const link = join(dataDirectory, 'postgres');
  try {
    await mkdir(dataDirectory, { recursive: true });
    const user = await ownerOrDefault(link);
    if (!(await linkExists(link)) && !(await letThrough(dataDirectory, user))) {
      // A name of its own each time: who removes the data folder starts afresh, and does not meet the old database.
      const elsewhere = join(SYSTEM_STATE_DIRECTORY, randomBytes(6).toString('hex'));
      await makePrivate(elsewhere, user);
      await symlink(elsewhere, link);
    }
    await makePrivate(link, user);
    return { root: await realpath(link), user };
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(
      'data/unwritable',
      `The data folder ${dataDirectory} cannot be used: ${(cause as Error).message}. ` +
        'Make it writable for the user that starts the server, or set MUNJIGI_DATA to another folder.',
      undefined,
      cause,
    );
  }
}

/**
 * Guarantees a folder for the database's socket that nobody else can enter. It lies in the database's folder, or in
 * the system's temporary folder when the path would be too long for a socket.
 *
 * @throws {StartError} `database/socket-folder` when someone else holds that place.
 */
export async function prepareSocketFolder(folder: DatabaseFolder): Promise<string> {
  const near = join(folder.root, 'socket');
  if (Buffer.byteLength(join(near, '.s.PGSQL.5432')) <= SOCKET_PATH_BYTES_MAX) {
    await makePrivate(near, folder.user);
    return near;
  }
  const hash = createHash('sha256').update(folder.root).digest('hex').slice(0, 16);
  const far = join(tmpdir(), `munjigi-${hash}`);
  await mkdir(far, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(far);
  const owners = [process.getuid?.(), folder.user.uid];
  if (!found.isDirectory() || !owners.includes(found.uid)) {
    throw new StartError(
      'database/socket-folder',
      `${far} belongs to somebody else. Remove it, or set MUNJIGI_DATA to a folder with a shorter path.`,
    );
  }
  await makePrivate(far, folder.user);
  return far;
}

/** A database made under one user stays that user's: root goes on as the owner, anybody else has to be the owner. */
async function ownerOrDefault(directory: string): Promise<SystemUser> {
  const found = await stat(directory).catch(() => undefined);
  const self = process.getuid?.();
  if (!found || self === undefined || found.uid === self) return databaseUser();
  if (self === 0) return { uid: found.uid, gid: found.gid };
  throw new StartError(
    'data/other-owner',
    `${directory} belongs to user ${found.uid}, and this server runs as user ${self}. ` +
      'Start it as the same user as before, or set MUNJIGI_DATA to another folder.',
  );
}

/** @returns whether `user` can come through a folder, which is opened for their group where that helps. */
async function letThrough(directory: string, user: SystemUser): Promise<boolean> {
  if (user.uid === undefined || user.gid === undefined || (await canEnter(directory, user))) return true;
  const before = await stat(directory);
  if (before.uid !== process.getuid?.()) return false;
  await chown(directory, before.uid, user.gid);
  await chmod(directory, (before.mode & 0o777) | 0o010);
  if (await canEnter(directory, user)) return true;
  await chown(directory, before.uid, before.gid);
  await chmod(directory, before.mode & 0o777);
  return false;
}

async function linkExists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function makePrivate(directory: string, user: SystemUser): Promise<void> {
  await mkdir(dirname(directory), { recursive: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  if (user.uid !== undefined && user.gid !== undefined) await chown(directory, user.uid, user.gid);
}
