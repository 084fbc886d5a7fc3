import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@munjigi/contracts';
import type { Request, Response } from 'express';
import { PinoLogger } from 'nestjs-pino';
import type { AppError, ErrorKind } from './app-error';
import { toAppError } from './to-app-error';

const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  unsupported: 415,
  unprocessable: 422,
  throttled: 429,
  internal: 500,
  unavailable: 503,
};

/** The body of a refusal. */
export function problemOf(error: AppError, requestId?: string): Problem {
  return {
    type: 'about:blank',
    title: error.message,
    status: STATUS_OF_KIND[error.kind],
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    code: error.code,
    ...(requestId === undefined ? {} : { requestId }),
    ...(error.issues === undefined ? {} : { issues: [...error.issues] }),
    ...(error.facts === undefined ? {} : { facts: { ...error.facts } }),
  };
}

/** Answers every failed request with problem JSON (RFC 9457), and logs what is our own fault. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: PinoLogger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const req = host.switchToHttp().getRequest<Request & { id?: string }>();
    const res = host.switchToHttp().getResponse<Response>();
    const error = toAppError(thrown);
    this.logger[error.logLevel](
      { err: error.cause ?? error, code: error.code, requestId: req.id },
      'request failed',
    );
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (error.retryAfterSeconds !== undefined) res.setHeader('Retry-After', error.retryAfterSeconds);
    const problem = problemOf(error, req.id);
    res.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}
