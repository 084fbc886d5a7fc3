import type { administratorSchema, roleSchema, signInSessionSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { Reach } from '../../platform/auth/access';
import { permissionsOf } from '../../platform/auth/built-in-roles';
import type { Role } from '../../platform/auth/role.entity';
import type { Session } from '../../platform/auth/session.entity';
import type { AdministratorRecord } from './administrators.repository';

/** An administrator as the wire has them. @param reach where their grants may be seen */
export function presentAdministrator(
  record: AdministratorRecord,
  reach: Reach,
): z.input<typeof administratorSchema> {
  const { administrator, grants, secondFactor, passkeys } = record;
  return {
    id: administrator.id,
    email: administrator.email,
    name: administrator.name,
    status: statusOf(record),
    grants: grants
      .filter(({ siteId }) => reach === 'everywhere' || (siteId !== null && reach.includes(siteId)))
      .map(({ role: { id, key, name }, site }) => ({ role: { id, key, name }, site })),
    secondFactor,
    passkeys,
    lastSignInAt: administrator.lastSignInAt?.toISOString() ?? null,
    invitationExpiresAt: administrator.invitationExpiresAt?.toISOString() ?? null,
    createdAt: administrator.createdAt.toISOString(),
  };
}

function statusOf({ administrator, hasPassword }: AdministratorRecord) {
  if (administrator.suspendedAt !== null) return 'suspended';
  return hasPassword ? 'active' : 'invited';
}

/** A role as the wire has it. */
export function presentRole(role: Role, administrators: number): z.input<typeof roleSchema> {
  return {
    id: role.id,
    key: role.key,
    name: role.name,
    permissions: [...permissionsOf(role)],
    administrators,
    createdAt: role.createdAt.toISOString(),
  };
}

/** A sign-in as the wire has it. @param currentId the session that asks */
export function presentSignIn(
  session: Session,
  currentId: string | null,
): z.input<typeof signInSessionSchema> {
  return {
    id: session.id,
    method: session.method,
    address: session.address,
    agent: session.agent,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.id === currentId,
  };
}

/** Grants as the account keeps them. */
export function accountOfGrants(grants: AdministratorRecord['grants']): Record<string, unknown>[] {
  return grants.map(({ role, site }) => ({ role: role.key ?? role.name, siteId: site?.id ?? null }));
}
