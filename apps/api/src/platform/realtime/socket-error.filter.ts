import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { SocketError } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { AppError } from '../errors/app-error';
import { toAppError } from '../errors/to-app-error';

/** The error of a refused message, as the wire has it. */
export function socketErrorOf(error: AppError): SocketError {
  return {
    code: error.code,
    message: error.detail === undefined ? error.message : `${error.message} ${error.detail}`,
    ...(error.issues === undefined ? {} : { issues: [...error.issues] }),
  };
}

/** Answers a message that failed with `{ok: false, error}` where an answer is waited for; the socket lives on. */
@Catch()
export class SocketErrorFilter implements ExceptionFilter {
  constructor(private readonly logger: PinoLogger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const error = toAppError(thrown);
    const level = error.logLevel === 'debug' ? 'info' : error.logLevel;
    const fields = { err: error.cause, code: error.code, issues: error.issues };
    this.logger[level](fields, 'socket message refused');
    const answer = host.getArgs<unknown[]>().find((argument) => typeof argument === 'function');
    if (answer) (answer as (value: unknown) => void)({ ok: false, error: socketErrorOf(error) });
  }
}
