import { z } from 'zod';

/**
 * Everything that an administrator, or a program with a token, may be allowed to do. A role is a set of these; each
 * grant of a role holds for one site or for the whole organisation.
 */
export const PERMISSIONS = [
  'people:read',
  'people:write',
  /** Erases a person for good, with the proof from every door. */
  'people:erase',
  /** Takes out everything that is held about one person. */
  'people:export',
  'people:import',
  /** Makes and removes templates, and records consent. */
  'enrolment:write',
  /** Sees enrolment pictures and what is kept of templates; every look is accounted for. */
  'biometrics:read',
  'sites:read',
  'sites:write',
  'doors:read',
  'doors:write',
  /** Unlocks, locks and overrides a door. */
  'doors:operate',
  'lockdown:operate',
  /** Groups, access levels, schedules, holidays and areas. */
  'access:read',
  'access:write',
  /** Sees the doors' live pictures. */
  'live:watch',
  'events:read',
  'alarms:read',
  /** Acknowledges and resolves alarms. */
  'alarms:write',
  'reports:read',
  /** Saves and schedules reports. */
  'reports:write',
  'reports:export',
  'audit:read',
  'audit:export',
  'administrators:read',
  /** Administrators, their roles, and the roles themselves. */
  'administrators:write',
  'tokens:read',
  'tokens:write',
  'webhooks:read',
  'webhooks:write',
  'settings:read',
  'settings:write',
  /** Sees how the server itself is: its metrics, and the health of its parts. */
  'system:read',
] as const;

export const permissionSchema = z.enum(PERMISSIONS);

/** The roles that every deployment has; what each may do is part of the release. */
export const BUILT_IN_ROLES = [
  'owner',
  'administrator',
  'site-manager',
  'operator',
  'registrar',
  'auditor',
] as const;

export const builtInRoleSchema = z.enum(BUILT_IN_ROLES);

export type Permission = z.infer<typeof permissionSchema>;
export type BuiltInRole = z.infer<typeof builtInRoleSchema>;
