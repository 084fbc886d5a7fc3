import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_MS = 15_000;
const POLL_MS = 200;

/**
 * Runs `work` while no other process installs into the same folder.
 *
 * The lock is a file that its owner touches every two seconds. One whose process is gone, or (where processes cannot
 * be told apart) untouched for fifteen seconds, is taken over. Should a takeover ever race, both install the same verified bytes through atomic renames,
 * so the lock saves work; it is not what keeps files whole.
 */
export async function withInstallLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, '.install.lock');
  const owner: Owner = { token: randomUUID(), pid: process.pid, host: hostname() };
  while (!(await tryCreate(path, owner))) {
    await removeIfStale(path);
    await delay(POLL_MS);
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A beat may fall between the lock's removal and this timer's end.
    utimes(path, now, now).catch(() => undefined);
  }, BEAT_MS);
  beat.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await ownerOf(path))?.token === owner.token) await rm(path, { force: true });
  }
}

interface Owner {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner;
  } catch {
    // Gone, or created and not yet written.
    return undefined;
  }
}

function isGone({ pid, host }: Owner): boolean {
  if (host !== hostname() || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

async function tryCreate(path: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfStale(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return;
  const owner = await ownerOf(path);
  if (Date.now() - found.mtimeMs < STALE_MS && !(owner && isGone(owner))) return;
  const aside = `${path}.${randomUUID()}.tmp`;
  // Of several that find it stale, the rename lets one win.
  await rename(path, aside).catch(() => undefined);
  await rm(aside, { force: true });
}
