import type { Request, Response } from 'express';
import type { BegunSession } from './session-store';

const SESSION = 'munjigi_session';
const BROWSER = 'munjigi_browser';

/** The session token that a `Cookie` header carries, or null. */
export function sessionTokenOf(cookieHeader: string | undefined): string | null {
  return cookieOf(cookieHeader, SESSION);
}

/** The token that a browser which has signed in before carries, or null. */
export function browserTokenOf(cookieHeader: string | undefined): string | null {
  const token = cookieOf(cookieHeader, BROWSER);
  // Ours look so; what does not is nobody's, and becomes no browser's new token.
  return token !== null && /^[\w-]{43}$/.test(token) ? token : null;
}

/**
 * Hands the browser its session, and what it is known by at the next sign-in: out of reach of scripts, never sent by
 * another site's forms or frames, and only over TLS where the request came over TLS.
 */
export function setSessionCookie(
  req: Request,
  res: Response,
  { token, expiresAt, browser }: Pick<BegunSession, 'token' | 'expiresAt' | 'browser'>,
): void {
  res.cookie(SESSION, token, { ...attributes(req), expires: expiresAt });
  res.cookie(BROWSER, browser.token, { ...attributes(req), path: '/api/auth', expires: browser.expiresAt });
}

/** Takes the session from the browser. */
export function clearSessionCookie(req: Request, res: Response): void {
  res.clearCookie(SESSION, attributes(req));
}

function cookieOf(cookieHeader: string | undefined, name: string): string | null {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || null;
  }
  return null;
}

function attributes(req: Request) {
  return { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/' } as const;
}
