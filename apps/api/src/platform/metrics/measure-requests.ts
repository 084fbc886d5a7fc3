import type { NextFunction, Request, Response } from 'express';
import type { Metrics } from './metrics';

/** Measures every request of the API, by the pattern of its route; what no route takes is counted together. */
export function measureRequests(metrics: Metrics) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const begunAt = process.hrtime.bigint();
    res.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - begunAt) / 1e9;
      // Who hung up has no answer; nginx's number for that.
      const status = res.writableFinished ? res.statusCode : 499;
      metrics.requestAnswered({ method: req.method, route: routeOf(req), status, seconds });
    });
    next();
  };
}

function routeOf(req: Request): string {
  const { route } = req as { route?: { path?: unknown } };
  const path = route?.path;
  return typeof path === 'string' && path.startsWith('/api/') && !path.includes('*') ? path : 'none';
}
