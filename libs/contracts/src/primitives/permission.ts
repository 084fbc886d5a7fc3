import * as z from 'zod';
import { PERMISSIONS } from '../words';

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
