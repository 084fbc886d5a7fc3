import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../../platform/errors/app-error';
import type { AgentSocket } from './agent-socket';
import { FROM_AGENT, type AgentMoment } from './from-agent.decorator';

/** Takes messages only of an authenticated agent, but for the proof itself, and, but for hello, only after hello. */
@Injectable()
export class HelloGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws {AppError} `agent/unauthenticated`, `agent/hello-first` */
  canActivate(context: ExecutionContext): boolean {
    const { doorId, modelId } = context.switchToWs().getClient<AgentSocket>().data;
    const moment = this.reflector.get<AgentMoment | undefined>(FROM_AGENT, context.getHandler());
    if (moment === 'before-proof') return true;
    if (!doorId) throw new AppError('unauthenticated', 'agent/unauthenticated', 'This agent is not known.');
    // A handler that does not say that it is for agents takes nothing from them.
    if (moment === 'before-hello' || (moment === 'after-hello' && modelId !== undefined)) return true;
    throw new AppError('forbidden', 'agent/hello-first', 'Say hello first.');
  }
}
