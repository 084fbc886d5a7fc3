import type { Permission } from '@munjigi/contracts';
import { forbidden } from '../../platform/auth/access';
import type { SignedIn } from '../../platform/auth/signed-in';
import { AppError } from '../../platform/errors/app-error';

/** A set of permissions at a site, or (null) everywhere. */
export interface Granted {
  readonly permissions: readonly Permission[];
  readonly siteId: string | null;
}

/**
 * Refuses to give, or take away, what somebody does not hold themselves where it holds.
 *
 * @throws {AppError} `auth/forbidden` without administrators:write there, `administrators/beyond-own-rights`
 */
export function requireHolding(by: SignedIn, granted: readonly Granted[]): void {
  for (const { permissions, siteId } of granted) {
    by.access.require('administrators:write', siteId);
    const missing = permissions.filter((permission) => !by.access.mayAt(permission, siteId));
    if (missing.length > 0) throw beyondOwnRights(missing);
  }
}

/**
 * Refuses to act upon somebody who may do more than whoever acts: else whoever resets an owner's password is one.
 *
 * @param held what they hold; somebody who holds nothing belongs to the whole organisation
 * @throws {AppError} `auth/forbidden`, `administrators/beyond-own-rights`, `administrators/own-account`
 */
export function requireAbove(by: SignedIn, administratorId: string, held: readonly Granted[]): void {
  if (by.administratorId === administratorId) {
    throw new AppError('forbidden', 'administrators/own-account', 'This is your own account.', {
      detail:
        'Nobody changes what they may do themselves, and nobody locks themselves out. Ask another owner.',
    });
  }
  if (held.length === 0) by.access.require('administrators:write', null);
  requireHolding(by, held);
}

/**
 * Refuses to see somebody out of reach.
 *
 * @throws {AppError} `auth/forbidden`
 */
export function requireSight(by: SignedIn, held: readonly Granted[]): void {
  const sites = held.length === 0 ? [null] : held.map(({ siteId }) => siteId);
  if (!sites.some((siteId) => by.access.mayAt('administrators:read', siteId)))
    throw forbidden('administrators:read');
}

function beyondOwnRights(missing: readonly Permission[]): AppError {
  return new AppError('forbidden', 'administrators/beyond-own-rights', 'This goes beyond your own rights.', {
    detail: `You do not hold ${missing.join(', ')} there yourself. Somebody who does can do this.`,
  });
}
