import { randomUUID } from 'node:crypto';
import 'pino-http';
import type { NextFunction, Request, Response } from 'express';

/** Gives every request an id of our own; one that came with it could say anything. */
export function identifyRequest(req: Request, res: Response, next: NextFunction): void {
  const id = randomUUID();
  req.id = id;
  res.setHeader('X-Request-Id', id);
  next();
}
