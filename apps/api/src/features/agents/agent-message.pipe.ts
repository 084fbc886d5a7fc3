import type { PipeTransform } from '@nestjs/common';
import { AGENT_PROTOCOL_VERSION } from '@munjigi/contracts';
import type { z } from 'zod';
import { AppError } from '../../platform/errors/app-error';
import { MessagePipe } from '../../platform/realtime/message.pipe';

/** A {@link MessagePipe} that tells another protocol version from a message that is merely wrong. */
export class AgentMessagePipe<T extends z.ZodType> implements PipeTransform<unknown, z.output<T>> {
  private readonly pipe: MessagePipe<T>;

  constructor(schema: T) {
    this.pipe = new MessagePipe(schema);
  }

  /** @throws {AppError} `agent/unsupported-version`, `message/invalid` */
  transform(message: unknown): z.output<T> {
    if (typeof message === 'object' && message !== null && 'v' in message) {
      if (typeof message.v === 'number' && message.v !== AGENT_PROTOCOL_VERSION) {
        throw new AppError(
          'invalid',
          'agent/unsupported-version',
          `This server speaks version ${AGENT_PROTOCOL_VERSION} of the agent protocol.`,
        );
      }
    }
    return this.pipe.transform(message);
  }
}
