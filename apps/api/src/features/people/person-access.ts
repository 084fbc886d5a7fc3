import { forbidden } from '../../platform/auth/access';
import type { Writer } from './person-writer';

/**
 * Refuses to show a person of a site that somebody may not see. Those of the whole organisation are seen by all who may
 * see anybody.
 *
 * @throws {AppError} `auth/forbidden`
 */
export function mayRead({ access }: Pick<Writer, 'access'>, siteId: string | null): void {
  const seen = siteId === null ? access.may('people:read') : access.mayAt('people:read', siteId);
  if (!seen) throw forbidden('people:read');
}
