import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';

/** For the console's pages and for ours alike. The console sets its own content policy. */
const common = helmet({
  contentSecurityPolicy: false,
  strictTransportSecurity: { includeSubDomains: false },
});

/** What the API answers is data: no browser should run or frame any of it. */
const dataPolicy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
});

/** The API's documentation is a page with scripts of its own. */
const documentationPolicy = helmet.contentSecurityPolicy({
  directives: { 'upgrade-insecure-requests': null },
});

/** Headers that narrow what a browser does with our answers, for every path. */
export const securityHeaders: RequestHandler = common;

/** The same for the API's own paths: their content policy, and nothing kept in caches unless a route says so. */
export function apiHeaders(req: Request, res: Response, next: NextFunction): void {
  res.setHeader('Cache-Control', 'no-store');
  const policy = req.originalUrl.startsWith('/api/docs') ? documentationPolicy : dataPolicy;
  policy(req, res, next);
}
