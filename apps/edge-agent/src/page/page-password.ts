import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { writeWhole } from '../adapters/store/write-whole';
import { AgentError } from '../domain/agent-error';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** 32 MiB and some 0.1 s a guess on a small computer. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const KEY_BYTES = 32;

/** The fewest characters of a password. */
export const PASSWORD_LENGTH_MIN = 10;

/** Where the hash of the page's password is, in the agent's data folder. */
export function passwordPath(directory: string): string {
  return join(directory, 'page-password');
}

/** Keeps a password as a salted scrypt hash in a file of mode 0600. @throws {AgentError} `page/weak-password` */
export async function setPagePassword(directory: string, password: string): Promise<void> {
  if ([...password].length < PASSWORD_LENGTH_MIN)
    throw new AgentError(
      'page/weak-password',
      `The password is too short. Use ${PASSWORD_LENGTH_MIN} characters or more.`,
    );
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFC'), salt, KEY_BYTES, COST);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeWhole(
    passwordPath(directory),
    `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}\n`,
  );
}

/**
 * Reads the hash of the page's password.
 *
 * @returns null when none was set
 * @throws {AgentError} `page/password-unreadable` when what is there is no such hash
 */
export function readPasswordHash(directory: string): string | null {
  const path = passwordPath(directory);
  try {
    const hash = readFileSync(path, 'utf8').trim();
    if (!/^scrypt\$\d+\$\d+\$\d+\$[\w-]{22}\$[\w-]{43}$/.test(hash)) throw new Error('It is no hash.');
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return hash;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AgentError(
      'page/password-unreadable',
      `${path} cannot be used. Delete it, and set the password again with the command page-password.`,
      { cause: error },
    );
  }
}

/** Whether a password is the one of a hash, in a time that does not tell how much of it is right. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = hash.split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: COST.maxmem };
  const expected = Buffer.from(key, 'base64url');
  const given = await derive(
    password.normalize('NFC'),
    Buffer.from(salt, 'base64url'),
    expected.length,
    cost,
  );
  return timingSafeEqual(given, expected);
}
