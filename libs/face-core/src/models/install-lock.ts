import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const BEAT_MS = 2_000;
const STALE_MS = 15_000;
const POLL_MS = 200;

/**
 * Runs `work` while no other process installs into the same folder.
 *
 * The lock is a file that its owner touches every two seconds: one untouched for fifteen belongs to a process that
 * died and is taken over. Should a takeover ever race, both install the same verified bytes through atomic renames,
 * so the lock saves work; it is not what keeps files whole.
 */
export async function withInstallLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, '.install.lock');
  const token = randomUUID();
  while (!(await tryCreate(path, token))) {
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
    const owner = await readFile(path, 'utf8').catch(() => '');
    if (owner === token) await rm(path, { force: true });
  }
}

async function tryCreate(path: string, token: string): Promise<boolean> {
  try {
    await writeFile(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfStale(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found || Date.now() - found.mtimeMs < STALE_MS) return;
  const aside = `${path}.${randomUUID()}.tmp`;
  // Of several that find it stale, the rename lets one win.
  await rename(path, aside).catch(() => undefined);
  await rm(aside, { force: true });
}
