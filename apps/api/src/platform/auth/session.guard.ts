import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Permission } from '@munjigi/contracts';
import type { Request } from 'express';
import { AppError } from '../errors/app-error';
import { forbidden } from './access';
import { PUBLIC } from './public.decorator';
import { REQUIRES, SESSION_ALONE } from './requires.decorator';
import { sessionTokenOf } from './session-cookie';
import { SessionStore, type SignedIn } from './session-store';

/** A request that the guard has let through. */
export interface AuthenticatedRequest extends Request {
  signedIn?: SignedIn;
}

/**
 * Lets a route's handler run only for someone who is signed in and has the permission that the route requires, unless
 * it is `@Public()`. A route that says neither is closed to all.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionStore,
  ) {}

  /** @throws {AppError} `auth/unauthenticated`, `auth/forbidden` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const req = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const token = sessionTokenOf(req.headers.cookie);
    const signedIn = token === null ? null : await this.sessions.find(token, req.ip ?? null);
    if (!signedIn) throw new AppError('unauthenticated', 'auth/unauthenticated', 'Sign in first.');
    const required = this.reflector.getAllAndOverride<Permission | typeof SESSION_ALONE | undefined>(
      REQUIRES,
      targets,
    );
    if (required === undefined) throw forbidden('that no role has');
    if (required !== SESSION_ALONE && !signedIn.access.may(required)) throw forbidden(required);
    req.signedIn = signedIn;
    return true;
  }
}
