import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AgentError } from '../../domain/agent-error';
import type { DeviceKeyKeeper } from '../../ports/device-key';
import { writeWhole } from './write-whole';

const KEY_BYTES = 32;

/** The key in a file of mode 0600, in place either whole or not at all. */
export class DeviceKeyFile implements DeviceKeyKeeper {
  readonly #path: string;

  constructor(directory: string) {
    this.#path = join(directory, 'device.key');
  }

  deviceKey(): Buffer {
    const path = this.#path;
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
  writeWhole(path, key);
  return key;
}
