import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@munjigi/contracts';

/** Metadata key of {@link Requires} and {@link RequiresSession}. */
export const REQUIRES = 'munjigi:requires';

/** What {@link RequiresSession} stands for in the metadata. */
export const SESSION_ALONE = 'session';

/**
 * Lets a route or socket message run only for somebody who has the permission at some site at least. Which site it
 * must be is for the service to check, with `access.require(permission, siteId)` or a list cut to `access.reach(…)`.
 */
export const Requires = (permission: Permission) => SetMetadata(REQUIRES, permission);

/** Lets a route run for everybody who is signed in: it concerns nobody but themselves. */
export const RequiresSession = () => SetMetadata(REQUIRES, SESSION_ALONE);
