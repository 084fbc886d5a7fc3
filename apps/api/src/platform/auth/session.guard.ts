import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { AppError } from '../errors/app-error';
import { PUBLIC } from './public.decorator';
import { sessionTokenOf } from './session-cookie';
import { SessionStore, type SignedIn } from './session-store';

/** A request that the guard has let through. */
export interface AuthenticatedRequest extends Request {
  signedIn?: SignedIn;
}

/** Lets a route's handler run only for someone who is signed in, unless it is `@Public()`. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
  ) {}

  /** @throws {AppError} `auth/unauthenticated` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [context.getHandler(), context.getClass()]))
      return true;
    const req = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = sessionTokenOf(req.headers.cookie);
    const signedIn = token === null ? null : await this.sessions.find(token);
    if (!signedIn) throw new AppError('unauthenticated', 'auth/unauthenticated', 'Sign in first.');
    req.signedIn = signedIn;
    return true;
  }
}
