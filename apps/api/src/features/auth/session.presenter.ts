import type { passkeySchema, sessionSchema } from '@munjigi/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Passkey } from '../../platform/auth/passkey.entities';
import { setSessionCookie } from '../../platform/auth/session-cookie';
import type { BegunSession } from '../../platform/auth/session-store';
import type { SignedIn } from '../../platform/auth/signed-in';

/** A session as the wire has it. */
export function presentSession(session: SignedIn): z.input<typeof sessionSchema> {
  return {
    administrator: { id: session.administratorId, email: session.email },
    expiresAt: session.expiresAt.toISOString(),
    permissions: session.access.all().map(({ permission, sites }) => ({
      permission,
      sites: sites === 'everywhere' ? null : [...sites],
    })),
  };
}

/** Hands a session that has just begun to the browser, and tells it what it is. */
export function presentBegun(
  session: BegunSession,
  req: Request,
  res: Response,
): z.input<typeof sessionSchema> {
  setSessionCookie(req, res, session);
  return presentSession(session);
}

/** A passkey as the wire has it. */
export function presentPasskey(passkey: Passkey): z.input<typeof passkeySchema> {
  return {
    id: passkey.id,
    name: passkey.name,
    backedUp: passkey.backedUp,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
  };
}
