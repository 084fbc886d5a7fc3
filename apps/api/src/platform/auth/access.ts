import type { Permission } from '@munjigi/contracts';
import { AppError } from '../errors/app-error';

/** A set of permissions that holds at one site, or everywhere. */
export interface Grant {
  readonly permissions: readonly Permission[];
  /** Null: in the whole organisation. */
  readonly siteId: string | null;
}

/** Where something may be done: at every site and for what belongs to none, or at these sites. */
export type Reach = 'everywhere' | readonly string[];

/** What somebody may do, and where. What no grant allows is denied. */
export class Access {
  constructor(private readonly grants: readonly Grant[]) {}

  /** Whether it may be done anywhere at all. */
  may(permission: Permission): boolean {
    return this.grants.some((grant) => grant.permissions.includes(permission));
  }

  /** Whether it may be done at a site; null asks for what belongs to the whole organisation. */
  mayAt(permission: Permission, siteId: string | null): boolean {
    return this.grants.some(
      (grant) =>
        grant.permissions.includes(permission) &&
        (grant.siteId === null || (siteId !== null && grant.siteId === siteId)),
    );
  }

  /** Where it may be done; an empty list is nowhere. */
  reach(permission: Permission): Reach {
    const grants = this.grants.filter((grant) => grant.permissions.includes(permission));
    if (grants.some((grant) => grant.siteId === null)) return 'everywhere';
    return [...new Set(grants.flatMap((grant) => grant.siteId ?? []))];
  }

  /** Every permission that is held anywhere, with its reach. */
  all(): { permission: Permission; sites: Reach }[] {
    const permissions = new Set(this.grants.flatMap((grant) => grant.permissions));
    return [...permissions].map((permission) => ({ permission, sites: this.reach(permission) }));
  }

  /** No more of it than these permissions, and (unless null) no further than these sites. */
  within(permissions: readonly Permission[], siteIds: readonly string[] | null): Access {
    return new Access(
      this.grants.flatMap((grant) => {
        const kept = {
          permissions: grant.permissions.filter((permission) => permissions.includes(permission)),
        };
        if (siteIds === null) return [{ ...kept, siteId: grant.siteId }];
        if (grant.siteId === null) return siteIds.map((siteId) => ({ ...kept, siteId }));
        return siteIds.includes(grant.siteId) ? [{ ...kept, siteId: grant.siteId }] : [];
      }),
    );
  }

  /**
   * Refuses what may not be done at a site; null asks for what belongs to the whole organisation.
   *
   * @throws {AppError} `auth/forbidden`
   */
  require(permission: Permission, siteId: string | null): void {
    if (!this.mayAt(permission, siteId)) throw forbidden(permission);
  }
}

/** The refusal of somebody who is signed in but may not do this. */
export function forbidden(permission: string): AppError {
  return new AppError('forbidden', 'auth/forbidden', 'You may not do this.', {
    detail: `It needs the permission ${permission}, at the site that it concerns. An owner can grant it.`,
  });
}
