import type { NextFunction, Request, Response } from 'express';
import { AppError } from '../errors/app-error';
import { isSameOrigin } from './same-origin';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses every request that could change something and comes from another site: 403 `auth/cross-site`. */
export function refuseCrossSite(req: Request, _res: Response, next: NextFunction): void {
  if (SAFE_METHODS.has(req.method) || isSameOrigin(req.headers)) return next();
  next(new AppError('forbidden', 'auth/cross-site', 'This request came from another site and was refused.'));
}
