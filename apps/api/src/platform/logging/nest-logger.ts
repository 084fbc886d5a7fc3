import { Injectable } from '@nestjs/common';
import { Logger } from 'nestjs-pino';

/** Hands Nest's own lines to pino; what it tells of its start is for debugging. */
@Injectable()
export class NestLogger extends Logger {
  override log(message: unknown, ...parameters: unknown[]): void {
    this.debug(message, ...parameters);
  }
}
