import { forbidden } from '../../platform/auth/access';
import type { Writer } from './person-writer';

/** Whether somebody may see a person of a site; those of the whole organisation are seen by all who may see anybody. */
export function canRead({ access }: Pick<Writer, 'access'>, siteId: string | null): boolean {
  return siteId === null ? access.may('people:read') : access.mayAt('people:read', siteId);
}

/**
 * Refuses to show a person whom somebody may not see.
 *
 * @throws {AppError} `auth/forbidden`
 */
export function mayRead(by: Pick<Writer, 'access'>, siteId: string | null): void {
  if (!canRead(by, siteId)) throw forbidden('people:read');
}
