import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Deployment } from '../../platform/crypto/deployment.entity';
import type { KeyRing } from '../../platform/crypto/key-ring';
import { TemplateTransforms } from '../../platform/crypto/template-transforms';
import { EXIT_CODES, StartError } from '../../platform/errors/start-error';
import { COUNT_WRAPPED_KEYS } from './wrapped-keys';

/**
 * Makes a database ready for sealing: its master key is one that this process has, and there is a transform. Refuses a
 * ring that could not open what is there, so that a lost key is noticed at once and not at the first template.
 *
 * @throws {StartError} `config/other-template-key`
 */
export async function prepareSecrets(dataSource: DataSource, ring: KeyRing): Promise<void> {
  const feed = new ChangeFeed(dataSource);
  await dataSource.transaction(async (manager) => {
    await chooseMaster(manager, ring);
    const transforms = new TemplateTransforms(ring);
    if ((await transforms.newest(manager)) !== null) return;
    const id = await transforms.make(manager);
    await feed.record(manager, [{ family: 'transform', entityId: id, deleted: false }]);
  });
}

async function chooseMaster(manager: EntityManager, ring: KeyRing): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(Deployment)
    .values({
      ...{ id: 1, keyCheck: null, masterKeyId: ring.newest.id },
      serverId: randomUUID(),
      createdAt: new Date(),
    })
    .orIgnore()
    .execute();
  const { masterKeyId, keyCheck } = await manager.findOneByOrFail(Deployment, { id: 1 });
  if (masterKeyId === null) {
    // An earlier release began this database: what it sealed opens with exactly that key.
    const legacy = keyCheck && ring.byCheck(keyCheck);
    if (!legacy) throw otherKey('the one that this database was made with');
    await manager.update(Deployment, { id: 1 }, { masterKeyId: legacy.id });
  }
  const rows = await manager.query<{ id: string }[]>(
    `SELECT master_key_id AS id FROM deployment UNION SELECT id FROM (${COUNT_WRAPPED_KEYS}) AS wrapped`,
  );
  const known = new Set(ring.all.map((key) => key.id));
  const missing = rows.map((row) => row.id).filter((id) => !known.has(id));
  if (missing.length > 0) throw otherKey(`among those at hand: ${missing.join(', ')}`);
}

function otherKey(which: string): StartError {
  return new StartError(
    'config/other-template-key',
    `The key of the templates is not ${which}. Bring back keys/template.key and its neighbours in the data folder (or ` +
      'MUNJIGI_TEMPLATE_KEY, or MUNJIGI_KMS_KEY), or start with a new database.',
    EXIT_CODES.configuration,
  );
}
