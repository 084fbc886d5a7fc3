import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../../platform/errors/app-error';
import type { AgentSocket } from './agent-socket';

const BEFORE_HELLO = 'munjigi:before-hello';

/** Marks the one message that is taken before hello was answered: hello. */
export const BeforeHello = () => SetMetadata(BEFORE_HELLO, true);

/** Takes messages only of an authenticated agent that has said hello. */
@Injectable()
export class HelloGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws {AppError} `agent/unauthenticated`, `agent/hello-first` */
  canActivate(context: ExecutionContext): boolean {
    const { doorId, modelId } = context.switchToWs().getClient<AgentSocket>().data;
    if (!doorId) throw new AppError('unauthenticated', 'agent/unauthenticated', 'This agent is not known.');
    if (modelId !== undefined || this.reflector.get<boolean>(BEFORE_HELLO, context.getHandler())) return true;
    throw new AppError('forbidden', 'agent/hello-first', 'Say hello first.');
  }
}
