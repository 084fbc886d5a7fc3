import { PERMISSIONS, type BuiltInRole, type Permission } from '@munjigi/contracts';
import type { Role } from './role.entity';

const READ_ALL = PERMISSIONS.filter((permission) => permission.endsWith(':read'));

const OPERATE: readonly Permission[] = [
  'people:read',
  'sites:read',
  'doors:read',
  'doors:operate',
  'access:read',
  'live:watch',
  'events:read',
  'alarms:read',
  'alarms:write',
];

const REGISTER: readonly Permission[] = [
  'people:read',
  'people:write',
  'people:import',
  'enrolment:write',
  'sites:read',
  'doors:read',
  'access:read',
];

/** What each built-in role may do. */
const PERMISSIONS_OF: Readonly<Record<BuiltInRole, readonly Permission[]>> = {
  owner: PERMISSIONS,
  // Everything but who the administrators are: that is the owner's.
  administrator: PERMISSIONS.filter((permission) => permission !== 'administrators:write'),
  'site-manager': [
    ...new Set([
      ...OPERATE,
      ...REGISTER,
      'doors:write',
      'lockdown:operate',
      'access:write',
      'biometrics:read',
      'reports:read',
      'reports:write',
      'reports:export',
    ] as const),
  ],
  operator: OPERATE,
  registrar: REGISTER,
  // Reads all, changes nothing; a look at biometric data is accounted for like everybody's.
  auditor: [...READ_ALL, 'reports:export', 'audit:export'],
};

/** What a role may do, in this release. Permissions of a custom role that this release does not know are left out. */
export function permissionsOf(role: Pick<Role, 'key' | 'permissions'>): readonly Permission[] {
  if (role.key === null) return role.permissions.filter((permission) => PERMISSIONS.includes(permission));
  return PERMISSIONS_OF[role.key] ?? [];
}
