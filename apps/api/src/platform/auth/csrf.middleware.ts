import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app-error';
import { bearerOf } from './bearer';
import { isSameOrigin } from './same-origin';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses every request that could change something and comes from another site: 403 `auth/cross-site`. What carries a
 * bearer token may come from anywhere: no browser adds one by itself, and the cookie is not looked at beside it.
 */
export function refuseCrossSite(req: Request, _res: Response, next: NextFunction): void {
  if (SAFE_METHODS.has(req.method) || bearerOf(req.headers) !== null || isSameOrigin(req.headers)) {
    next();
    return;
  }
  next(new AppError('forbidden', 'auth/cross-site', 'This request came from another site and was refused.'));
}
