import type { PipeTransform } from '@nestjs/common';
import type { z } from 'zod';
import { MessagePipe } from '../../platform/realtime/message.pipe';
import { agreedVersion, spokenBy } from './protocol-version';

/** A {@link MessagePipe} that tells another protocol version from a message that is merely wrong. */
export class AgentMessagePipe<T extends z.ZodType> implements PipeTransform<unknown, z.output<T>> {
  private readonly pipe: MessagePipe<T>;

  constructor(schema: T) {
    this.pipe = new MessagePipe(schema);
  }

  /** @throws {AppError} `agent/unsupported-version`, `message/invalid` */
  transform(message: unknown): z.output<T> {
    const spoken = spokenBy(message);
    if (spoken) agreedVersion(spoken);
    return this.pipe.transform(message);
  }
}
