import { signingKey, type SigningKey } from '@munjigi/audit-chain';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT_CODES, StartError } from '../errors/start-error';
import { writeKeyFile } from '../crypto/key-files';

const SEED_BYTES = 32;

/**
 * The key that this deployment signs its account with: the one given, else the one in `keys/audit.key` of the data
 * folder, which is made (mode 0600, on disk before it is used) when there is none.
 *
 * @param given 32 bytes, the seed of an Ed25519 key
 * @throws {StartError} `config/audit-key` when the file is not a key, or the folder cannot be used
 */
export async function openAuditKey(dataDirectory: string, given?: Uint8Array): Promise<SigningKey> {
  if (given) return signingKey(given);
  const path = join(dataDirectory, 'keys', 'audit.key');
  try {
    const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found !== undefined) {
      const seed = Buffer.from(found.trim(), 'base64');
      if (seed.length !== SEED_BYTES) throw new Error('it does not hold 32 bytes in base64');
      return signingKey(seed);
    }
    const seed = randomBytes(SEED_BYTES);
    await writeKeyFile(path, seed);
    return signingKey(seed);
  } catch (cause) {
    throw new StartError(
      'config/audit-key',
      `The key file ${path} cannot be used: ${(cause as Error).message}. ` +
        'Bring it back from a backup, make the folder writable, or set MUNJIGI_AUDIT_KEY.',
      EXIT_CODES.configuration,
      cause,
    );
  }
}
