import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { EXIT_CODES, StartError } from '../errors/start-error';
import { Deployment } from './deployment.entity';
import { SecretBox } from './secret-box';

const KEY_BYTES = 32;

/**
 * The box that templates and portraits are sealed in: with the key given, else with the one in the data folder,
 * which is made (mode 0600, on disk before it is used) when there is none.
 *
 * @throws {StartError} `config/template-key` when the key file is not a key.
 */
export async function openTemplateBox(dataDirectory: string, given?: Buffer): Promise<SecretBox> {
  if (given) return new SecretBox(given);
  const directory = join(dataDirectory, 'keys');
  const path = join(directory, 'template.key');
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const found = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return new SecretBox(await makeKey(path));
    const key = Buffer.from(found.trim(), 'base64');
    if (key.length !== KEY_BYTES) throw new Error('it does not hold 32 bytes in base64');
    return new SecretBox(key);
  } catch (cause) {
    throw new StartError(
      'config/template-key',
      `The key file ${path} cannot be used: ${(cause as Error).message}. ` +
        'Bring it back from a backup, or make the folder writable.',
      EXIT_CODES.configuration,
      cause,
    );
  }
}

/**
 * Refuses a key that is not the one this database was begun with, so that a lost key is noticed at once and not at
 * the first template.
 *
 * @throws {StartError} `config/other-template-key`
 */
export async function checkTemplateKey(dataSource: DataSource, box: SecretBox): Promise<void> {
  const deployments = dataSource.getRepository(Deployment);
  await deployments
    .createQueryBuilder()
    .insert()
    .values({ id: 1, keyCheck: box.keyCheck(), createdAt: new Date() })
    .orIgnore()
    .execute();
  const { keyCheck } = await deployments.findOneByOrFail({ id: 1 });
  if (timingSafeEqual(keyCheck, box.keyCheck())) return;
  throw new StartError(
    'config/other-template-key',
    'The key of the templates is not the one that this database was made with. Bring back keys/template.key of ' +
      'its data folder (or MUNJIGI_TEMPLATE_KEY), or start with a new database.',
    EXIT_CODES.configuration,
  );
}

async function makeKey(path: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  const partial = `${path}.partial`;
  await rm(partial, { force: true });
  const file = await open(partial, 'wx', 0o600);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partial, path);
  return key;
}
