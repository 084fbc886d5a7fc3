import type { Request, Response } from 'express';

const NAME = 'munjigi_session';

/** The session token that a `Cookie` header carries, or null. */
export function sessionTokenOf(cookieHeader: string | undefined): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === NAME) return part.slice(at + 1).trim() || null;
  }
  return null;
}

/**
 * Hands the browser its session: out of reach of scripts, never sent by another site's forms or frames, and only
 * over TLS where the request came over TLS.
 */
export function setSessionCookie(req: Request, res: Response, token: string, expiresAt: Date): void {
  res.cookie(NAME, token, { ...attributes(req), expires: expiresAt });
}

/** Takes the session from the browser. */
export function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(NAME, attributes(req));
}

function attributes(req: Request) {
  return { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/' } as const;
}
