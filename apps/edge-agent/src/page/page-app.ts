import { join } from 'node:path';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AgentError } from '../domain/agent-error';
import { deviceRoutes } from './device-routes';
import { LiveStream } from './live-stream';
import { PageError } from './page-error';
import type { PageUser } from './page-user';
import { peopleRoutes } from './people-routes';
import { refusalOf } from './request-guard';
import { SESSION_MS, type SignIn } from './sign-in';

/** What the page's application works with. */
export interface PageAppOptions {
  readonly user: PageUser;
  readonly signIn: SignIn;
  readonly log: Logger;
  /** Hears of each viewer's stream, to end it with the server. */
  readonly onStream: (stream: LiveStream, ended: Promise<void>) => void;
}

/** The page's files, beside the code whether it is compiled or not. */
const ASSETS = join(__dirname, '..', '..', 'page');
const COOKIE = 'munjigi_page';
/** How often a viewer hears of the door's state, ms. */
const STATE_EVERY_MS = 1_000;

/**
 * The page's HTTP interface: its files, and under `/api` what they ask of the door.
 *
 * Everything under `/api` but signing in needs a session where there is a password.
 */
export function pageApp(options: PageAppOptions): Express {
  const { signIn, log } = options;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(securityHeaders());
  app.use((req, _res, next) => next(guard(req)));
  app.use('/api', noStore, sessionRoutes(signIn));
  app.use('/api', (req, _res, next) => {
    next(signIn.isSignedIn(tokenOf(req)) ? undefined : unauthenticated());
  });
  app.use('/api', doorRoutes(options), peopleRoutes(options.user), deviceRoutes(options.user));
  app.use('/api', (_req, _res, next) => next(notFound()));
  app.use('/fonts', express.static(fontFolder(), { index: false, maxAge: '30d', fallthrough: false }));
  app.use(express.static(ASSETS, { etag: true, cacheControl: true, maxAge: 0 }));
  app.use((_req, _res, next) => next(notFound()));
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent) return next(error);
    const problem = problemOf(error);
    if (problem.status >= 500) log.error({ err: error }, 'page request failed');
    res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  return app;
}

function sessionRoutes(signIn: SignIn): express.Router {
  const router = express.Router();
  router.get('/session', (req, res) => {
    res.json({ isNeeded: signIn.isNeeded, isSignedIn: signIn.isSignedIn(tokenOf(req)) });
  });
  router.post('/session', express.json({ limit: '4kb' }), async (req, res) => {
    const { password } = z.object({ password: z.string().max(1024) }).parse(req.body);
    const token = await signIn.signIn(password, req.socket.remoteAddress ?? '');
    res.cookie(COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', maxAge: SESSION_MS });
    res.json({ isNeeded: signIn.isNeeded, isSignedIn: true });
  });
  router.delete('/session', (req, res) => {
    signIn.signOut(tokenOf(req));
    res.clearCookie(COOKIE, { httpOnly: true, sameSite: 'strict', path: '/' });
    res.status(204).end();
  });
  return router;
}

function doorRoutes({ user, onStream }: PageAppOptions): express.Router {
  const router = express.Router();
  router.get('/state', (_req, res) => void res.json(user.state()));
  router.get('/events', (_req, res) => void res.json(user.events()));
  router.get('/live', (_req, res) => {
    const stream = new LiveStream(res);
    stream.sendState(user.state());
    const unwatch = user.watch((frame) => stream.sendFrame(frame));
    const telling = setInterval(() => stream.sendState(user.state()), STATE_EVERY_MS);
    const ended = new Promise<void>((resolve) => {
      res.on('close', () => {
        clearInterval(telling);
        unwatch();
        resolve();
      });
    });
    onStream(stream, ended);
  });
  return router;
}

function securityHeaders() {
  const self = ["'self'"];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        ...{ scriptSrc: self, styleSrc: self, imgSrc: self, fontSrc: self, connectSrc: self },
        ...{ formAction: self, baseUri: ["'none'"], frameAncestors: ["'none'"] },
      },
    },
    // The page is plain HTTP on this computer: a promise of TLS would lock its address up.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
}

function noStore(_req: Request, res: Response, next: NextFunction): void {
  res.set('cache-control', 'no-store');
  next();
}

/** Whatever a stranger's page asks for is refused, except to be shown this one. */
function guard(req: Request): PageError | undefined {
  const refusal = refusalOf({
    method: req.method,
    host: req.headers.host,
    origin: req.headers.origin,
    fetchSite: req.get('sec-fetch-site'),
  });
  if (refusal === 'host')
    return new PageError(
      'page/host',
      'This page answers to its address alone, such as 127.0.0.1, and to localhost.',
      { status: 421 },
    );
  const isFile = !req.path.startsWith('/api');
  return refusal === 'origin' && !isFile
    ? new PageError('page/origin', 'Another page must not use this one.', { status: 403 })
    : undefined;
}

function tokenOf(req: Request): string | null {
  const cookies = (req.headers.cookie ?? '').split(';').map((each) => each.trim().split('='));
  return cookies.find(([name]) => name === COOKIE)?.[1] ?? null;
}

function unauthenticated(): PageError {
  return new PageError('page/unauthenticated', 'Sign in first.', { status: 401 });
}

function notFound(): PageError {
  return new PageError('page/not-found', 'There is nothing here.', { status: 404 });
}

/** The folder of the one font, which has all Hangul: a door's computer rarely has one of its own. */
function fontFolder(): string {
  return join(require.resolve('pretendard/package.json'), '..', 'dist', 'web', 'variable', 'woff2');
}

/** An error as problem JSON; of an unexpected one nothing is told. */
function problemOf(error: unknown) {
  const made = (status: number, code: string, title: string, more: object = {}) => ({
    ...{ type: 'about:blank', status, code, title },
    ...more,
  });
  if (error instanceof PageError) {
    const { status, code, message, facts } = error;
    return made(status, code, message, facts && { facts });
  }
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return made(400, 'page/invalid', 'The request is not valid.', { issues });
  }
  if (error instanceof AgentError) return made(422, error.code, error.message);
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return made(413, 'page/too-large', 'That is too large.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return made(status, status === 404 ? 'page/not-found' : 'page/invalid', 'The request cannot be read.');
  return made(500, 'page/unexpected', 'Something went wrong on this computer. Its log says what.');
}
