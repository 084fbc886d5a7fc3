import { UseFilters, UseGuards } from '@nestjs/common';
import { ConnectedSocket, MessageBody, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import {
  AGENT_NAMESPACE,
  commandReportMessageSchema,
  type CommandReportMessage,
  type commandReportAnswerSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import { SocketErrorFilter } from '../../platform/realtime/socket-error.filter';
import { AgentMessagePipe } from '../agents/agent-message.pipe';
import { doorOf, type AgentSocket } from '../agents/agent-socket';
import { FromAgent } from '../agents/from-agent.decorator';
import { HelloGuard } from '../agents/hello.guard';
import { DoorCommandJournal } from './door-command-journal';

/** What door agents say of commands. */
@WebSocketGateway({ namespace: AGENT_NAMESPACE })
@UseGuards(HelloGuard)
@UseFilters(SocketErrorFilter)
export class DoorCommandsGateway {
  constructor(private readonly journal: DoorCommandJournal) {}

  /** Answered after the commit; a command that is not known any more is no error. */
  @SubscribeMessage('command.report')
  @FromAgent()
  async report(
    @ConnectedSocket() socket: AgentSocket,
    @MessageBody(new AgentMessagePipe(commandReportMessageSchema)) { v: _v, ...report }: CommandReportMessage,
  ): Promise<z.input<typeof commandReportAnswerSchema>> {
    await this.journal.heard(doorOf(socket), report);
    return { ok: true };
  }
}
