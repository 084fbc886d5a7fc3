import type { DataSource } from 'typeorm';
import { newId } from '../database/uuid';
import { Administrator } from './administrator.entity';
import { Role } from './role.entity';
import { RoleGrant } from './role-grant.entity';
import { hashPassword } from './passwords';
import { randomCode } from './random-code';

/** What was made, when somebody has to be told of it. */
export interface MadePassword {
  readonly email: string;
  readonly password: string;
}

/**
 * Guarantees that somebody can sign in: makes the first administrator, an owner, when there is none.
 *
 * Call it under the preparation lock: two servers must not both find nobody.
 *
 * @returns the random password that was made, to be shown once; null when one was given or somebody is there.
 */
export async function ensureFirstAdministrator(
  dataSource: DataSource,
  first: { email: string; password?: string },
): Promise<MadePassword | null> {
  const administrators = dataSource.getRepository(Administrator);
  if ((await administrators.count()) > 0) return null;
  const password = first.password ?? randomCode(4, 5);
  const id = newId();
  const passwordHash = await hashPassword(password);
  await dataSource.transaction(async (manager) => {
    await manager.insert(Administrator, { id, email: first.email, passwordHash, createdAt: new Date() });
    const owner = await manager.findOneByOrFail(Role, { key: 'owner' });
    await manager.insert(RoleGrant, { id: newId(), administratorId: id, roleId: owner.id, siteId: null });
  });
  return first.password === undefined ? { email: first.email, password } : null;
}
