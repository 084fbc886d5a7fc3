import { Injectable } from '@nestjs/common';
import { agentHandshakeSchema, type agentRefusalSchema } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { tokenHash } from '../../platform/auth/token';
import { DoorsRepository } from '../doors/doors.repository';
import type { AgentSocket } from './agent-socket';

type Refusal = z.infer<typeof agentRefusalSchema>;

/** Lets an agent connect only with its door's token: decided before the connection exists, so before any message. */
@Injectable()
export class AgentAuthentication {
  constructor(
    private readonly doors: DoorsRepository,
    private readonly logger: PinoLogger,
  ) {}

  /** Middleware of the namespace. */
  readonly middleware = (socket: AgentSocket, next: (error?: Error) => void): void => {
    void this.authenticate(socket).then((refusal) => (refusal === null ? next() : next(new Error(refusal))));
  };

  private async authenticate(socket: AgentSocket): Promise<Refusal | null> {
    const handshake = agentHandshakeSchema.safeParse(socket.handshake.auth);
    if (!handshake.success) return 'agent/unauthenticated';
    try {
      const door = await this.doors.findByTokenHash(tokenHash(handshake.data.token));
      if (!door) {
        this.logger.warn({ address: socket.handshake.address }, 'agent with an unknown token refused');
        return 'agent/unauthenticated';
      }
      socket.data.doorId = door.id;
      socket.data.pushed = false;
      socket.data.pushing = 0;
      socket.data.capabilities = [];
      socket.data.recording = Promise.resolve();
      socket.data.noting = Promise.resolve();
      return null;
    } catch (error) {
      this.logger.warn({ err: error }, 'agent could not be authenticated');
      return 'agent/unavailable';
    }
  }
}
