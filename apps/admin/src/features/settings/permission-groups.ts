import { PERMISSIONS, type Permission } from '@munjigi/contracts';

/** Areas of permissions that are looked at together, in the order in which people read them. */
const AREAS = {
  people: ['people', 'enrolment', 'biometrics'],
  doors: ['sites', 'doors', 'lockdown', 'live'],
  access: ['access', 'events', 'alarms'],
  accounts: ['reports', 'audit'],
  system: ['administrators', 'tokens', 'webhooks', 'settings', 'system'],
} as const;

export type PermissionGroupName = keyof typeof AREAS;

interface PermissionGroup {
  readonly name: PermissionGroupName;
  readonly permissions: readonly Permission[];
}

/** Every permission once, by group. */
export const PERMISSION_GROUPS: readonly PermissionGroup[] = Object.entries(AREAS).map(([name, areas]) => ({
  name: name as PermissionGroupName,
  permissions: PERMISSIONS.filter((permission) =>
    (areas as readonly string[]).includes(permission.split(':')[0] ?? ''),
  ),
}));
