import { isIP } from 'node:net';
import type { Request } from 'express';
import { AuthOptions } from '../../platform/auth/auth-options';
import { AppError } from '../../platform/errors/app-error';

/** Whom passkeys are for: the console, as browsers have it. */
export interface RelyingParty {
  /** Host name. */
  readonly id: string;
  /** Scheme, name and port. */
  readonly origin: string;
}

/** Where the browser that sends a request is; the configured address wins, see {@link resolveRelyingParty}. */
export function relyingPartyOf(req: Request): string {
  return `${req.protocol}://${req.get('host') ?? ''}`;
}

/**
 * The relying party of a request. A browser signs for the site that it is really on, so an address that is not ours
 * makes a signature that no key of ours has.
 *
 * @throws {AppError} `passkeys/no-name` when it is reached by a number: browsers make passkeys for names alone.
 */
export function resolveRelyingParty(requested: string, { publicUrl }: AuthOptions): RelyingParty {
  const url = URL.parse(publicUrl ?? requested);
  if (!url || url.hostname === '' || isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) {
    throw new AppError('unprocessable', 'passkeys/no-name', 'Passkeys need a name.', {
      detail: 'Open the console by a host name, not by a number, or set MUNJIGI_PUBLIC_URL.',
    });
  }
  return { id: url.hostname, origin: url.origin };
}
