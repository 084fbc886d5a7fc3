import type { Request } from 'express';
import type { SignIn } from './session-store';

/** From where somebody signs in, as the request tells it. */
export function sourceOf(req: Request): Omit<SignIn, 'method'> {
  return { address: req.ip ?? null, agent: req.get('user-agent') ?? null };
}
