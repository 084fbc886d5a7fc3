import { Injectable } from '@nestjs/common';
import { helloSchema, type Hello } from '@munjigi/contracts';
import { LiveBus } from '../../platform/realtime/live-bus';
import { DoorsRepository } from '../doors/doors.repository';
import { AgentMessagePipe } from './agent-message.pipe';
import { isSpoken, spokenBy } from './protocol-version';

/** Reads hello, and notes with the door whose agent speaks no version that this server does. */
@Injectable()
export class AgentVersions {
  private readonly pipe = new AgentMessagePipe(helloSchema);

  constructor(
    private readonly doors: DoorsRepository,
    private readonly bus: LiveBus,
  ) {}

  /** @throws {AppError} `agent/unsupported-version`, `message/invalid` */
  async read(doorId: string, message: unknown): Promise<Hello> {
    const spoken = spokenBy(message);
    if (spoken && !isSpoken(spoken)) {
      await this.doors.noteRefusedProtocol(doorId, spoken);
      this.bus.send('door', { doorId });
    }
    return this.pipe.transform(message);
  }
}
