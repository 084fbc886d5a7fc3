import type { Request } from 'express';
import { browserTokenOf } from './session-cookie';
import type { SignInSource } from './session-store';

/** From where somebody signs in, as the request tells it. */
export function sourceOf(req: Request): SignInSource {
  return {
    address: req.ip ?? null,
    agent: req.get('user-agent') ?? null,
    browserToken: browserTokenOf(req.headers.cookie),
  };
}
