import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { AgentError } from '../../domain/agent-error';

const KEY_BYTES = 32;

/**
 * Reads the key that this device's templates are encrypted with, or makes one: 32 random bytes, mode 0600, in place
 * either whole or not at all.
 *
 * @throws {AgentError} `store/device-key-invalid` when the file is not such a key.
 */
export function openDeviceKey(directory: string): Buffer {
  const path = join(directory, 'device.key');
  const key = readIfThere(path) ?? writeNew(path);
  if (key.length !== KEY_BYTES) {
    throw new AgentError(
      'store/device-key-invalid',
      `${path} is not a device key of ${KEY_BYTES} bytes. Bring the file back, or delete it: the door then fetches its templates anew.`,
    );
  }
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return key;
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AgentError('store/device-key-unreadable', `The device key ${path} cannot be read.`, {
      cause: error,
    });
  }
}

function writeNew(path: string): Buffer {
  const key = randomBytes(KEY_BYTES);
  const temporary = `${path}.${process.pid}.tmp`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    writeSync(file, key);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
  syncDirectory(dirname(path));
  return key;
}

/** Makes a rename in this folder survive loss of power. */
function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}
