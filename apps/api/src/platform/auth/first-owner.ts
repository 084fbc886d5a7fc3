import type { DataSource, EntityManager } from 'typeorm';
import { Deployment } from '../crypto/deployment.entity';
import { newId } from '../database/uuid';
import { AppError } from '../errors/app-error';
import { EXIT_CODES, StartError } from '../errors/start-error';
import { Administrator } from './administrator.entity';
import { requireGoodPassword } from './password-rules';
import { hashPassword } from './passwords';
import { randomCode, readableCode } from './random-code';
import { Role } from './role.entity';
import { RoleGrant } from './role-grant.entity';
import { SetupCode } from './setup-code.entity';
import { tokenHash } from './token';

/** What the configuration says of the first owner. */
export interface FirstOwner {
  readonly email: string;
  readonly password?: string;
}

/**
 * Guarantees that somebody can come to sign in: makes the first owner where a password is configured, else a set-up
 * code that lets whoever sees it make one. Does nothing when somebody is there.
 *
 * Call it under the preparation lock: two servers must not both find nobody.
 *
 * @param keepCodes whether codes of other servers on this database go on
 * @returns the set-up code, which is kept nowhere, to be shown once; null when none is needed.
 * @throws {StartError} `config/weak-password`
 */
export async function prepareFirstOwner(
  dataSource: DataSource,
  first: FirstOwner,
  { keepCodes }: { keepCodes: boolean },
): Promise<string | null> {
  if (!(await needsSetup(dataSource.manager))) return null;
  if (first.password === undefined) return makeSetupCode(dataSource, keepCodes);
  requireConfigurable(first.password, first.email);
  const passwordHash = await hashPassword(first.password);
  await dataSource.transaction(async (manager) => {
    await makeOwner(manager, { email: first.email, passwordHash });
    await closeSetup(manager);
  });
  return null;
}

/** Whether nobody can sign in, and the set-up was never done. */
export async function needsSetup(manager: EntityManager): Promise<boolean> {
  const deployment = await manager.findOneBy(Deployment, { id: 1 });
  if (deployment?.setUpAt) return false;
  return (await manager.count(Administrator)) === 0;
}

/** Makes an owner in the caller's transaction. */
export async function makeOwner(
  manager: EntityManager,
  { email, passwordHash }: { email: string; passwordHash: string },
): Promise<Pick<Administrator, 'id' | 'email'>> {
  const id = newId();
  await manager.insert(Administrator, { id, email, passwordHash, createdAt: new Date() });
  const owner = await manager.findOneByOrFail(Role, { key: 'owner' });
  await manager.insert(RoleGrant, { id: newId(), administratorId: id, roleId: owner.id, siteId: null });
  return { id, email };
}

/** Ends the set-up for ever, in the caller's transaction. */
export async function closeSetup(manager: EntityManager): Promise<void> {
  await manager.query('DELETE FROM setup_code');
  await manager.update(Deployment, { id: 1 }, { setUpAt: new Date() });
}

async function makeSetupCode(dataSource: DataSource, keepCodes: boolean): Promise<string> {
  const code = randomCode(4, 5);
  await dataSource.transaction(async (manager) => {
    if (!keepCodes) await manager.query('DELETE FROM setup_code');
    await manager.insert(SetupCode, {
      id: newId(),
      codeHash: tokenHash(readableCode(code)),
      createdAt: new Date(),
    });
  });
  return code;
}

function requireConfigurable(password: string, email: string): void {
  try {
    requireGoodPassword(password, email);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new StartError(
      'config/weak-password',
      `MUNJIGI_ADMIN_PASSWORD is not good enough for the first owner. ${error.detail ?? ''}`,
      EXIT_CODES.configuration,
    );
  }
}
