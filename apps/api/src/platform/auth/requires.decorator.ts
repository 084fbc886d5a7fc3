import { SetMetadata } from '@nestjs/common';
import type { Permission } from '@munjigi/contracts';

/** Metadata key of {@link Requires} and {@link RequiresSession}. */
export const REQUIRES = 'munjigi:requires';

/** What {@link RequiresSession} stands for in the metadata. */
export const SESSION_ALONE = 'session';

/** What {@link RequiresSession} stands for where a program with a token may come too. */
export const SESSION_OR_TOKEN = 'session-or-token';

/** Metadata key of {@link RequiresRecentSignIn}. */
export const RECENT_SIGN_IN = 'munjigi:recent-sign-in';

/**
 * Lets a route or socket message run only for somebody who has the permission at some site at least. Which site it
 * must be is for the service to check, with `access.require(permission, siteId)` or a list cut to `access.reach(…)`.
 */
export const Requires = (permission: Permission) => SetMetadata(REQUIRES, permission);

/**
 * Lets a route run for everybody who is signed in: it concerns nobody but themselves. A program with a token is let in
 * only where `tokens` says so.
 */
export const RequiresSession = ({ tokens = false } = {}) =>
  SetMetadata(REQUIRES, tokens ? SESSION_OR_TOKEN : SESSION_ALONE);

/**
 * Lets a route run only for a person who proved a short while ago who they are, beside what it requires: for changes
 * that an unattended screen, or a stolen cookie or token, must not make.
 */
export const RequiresRecentSignIn = () => SetMetadata(RECENT_SIGN_IN, true);
