import { RequestMethod } from '@nestjs/common';
import type { Params } from 'nestjs-pino';
import pino, { type DestinationStream, type LevelWithSilent } from 'pino';
import { REDACTED, redact, redactText } from '../redaction/redact';

/** Where secrets may appear in what we log; they are replaced by `[redacted]`. */
const SECRETS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.password',
  '*.token',
  '*.agentToken',
  '*.embedding',
  '*.jpeg',
  'password',
  'token',
  'agentToken',
  'embedding',
  'jpeg',
];

/** Options of the server's logger: JSON lines with the secrets taken out. */
export function loggerOptions(level: LevelWithSilent): pino.LoggerOptions {
  return {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label) => ({ level: label }),
      // What the paths do not name: secrets inside texts, bytes, embeddings.
      log: (fields) => redact(fields) as Record<string, unknown>,
    },
    hooks: { streamWrite: redactText },
    serializers: { err: describeError },
    redact: { paths: SECRETS, censor: REDACTED },
  };
}

/** What a log line tells of an error, and of what caused it. */
interface DescribedError {
  readonly type: string;
  readonly code?: unknown;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: DescribedError;
}

/** Takes only what helps: libraries hang whole statements with their values, and rows, on their errors. */
function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error))
    return { type: typeof error, message: 'something that is no error was thrown' };
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    stack: error.stack,
    ...(cause === undefined ? {} : { cause: describeError(cause) }),
  };
}

/**
 * How requests are logged: one line each, with the request's id.
 *
 * @param destination standard error unless given; standard output is for what a person has to read.
 */
export function loggingParams(
  level: LevelWithSilent,
  destination: DestinationStream = pino.destination(2),
): Params {
  return {
    forRoutes: [{ path: '{*path}', method: RequestMethod.ALL }],
    pinoHttp: {
      logger: pino(loggerOptions(level), destination),
      genReqId: (req) => req.id,
      customLogLevel: (req, res, error) => {
        if (error || res.statusCode >= 500) return 'error';
        return req.url?.startsWith('/api/health') ? 'trace' : 'debug';
      },
      customSuccessMessage: () => 'request answered',
      customErrorMessage: () => 'request failed',
      serializers: {
        req: (req: { id: string; method: string; url: string; headers: Record<string, unknown> }) => ({
          id: req.id,
          method: req.method,
          // A query may name people.
          path: req.url.split('?')[0],
          headers: { 'user-agent': req.headers['user-agent'] },
        }),
        // pino-http has made an object of the error before it asks; it keeps the error itself as `raw`.
        err: (given: { raw?: unknown } | null | undefined) => describeError(given?.raw ?? given),
        res: (res: { statusCode: number }) => ({ statusCode: res.statusCode }),
      },
    },
  };
}
