import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Permission } from '@munjigi/contracts';
import type { Request } from 'express';
import { AppError } from '../errors/app-error';
import { forbidden } from './access';
import { AuthOptions } from './auth-options';
import { Credentials } from './credentials';
import { PUBLIC } from './public.decorator';
import { RECENT_SIGN_IN, REQUIRES, SESSION_ALONE, SESSION_OR_TOKEN } from './requires.decorator';
import type { SignedIn } from './signed-in';

type Requirement = Permission | typeof SESSION_ALONE | typeof SESSION_OR_TOKEN;

/** A request that the guard has let through. */
export interface AuthenticatedRequest extends Request {
  signedIn?: SignedIn;
}

/**
 * Lets a route's handler run only for someone who is signed in, or a program with a token, and has the permission that
 * the route requires, unless it is `@Public()`. A route that says neither is closed to all.
 */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly credentials: Credentials,
    private readonly options: AuthOptions,
  ) {}

  /** @throws {AppError} `auth/unauthenticated`, `auth/forbidden`, `auth/session-only`, `auth/step-up-required` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, targets)) return true;
    const req = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const signedIn = await this.credentials.of(req.headers, req.ip ?? null);
    if (!signedIn) throw new AppError('unauthenticated', 'auth/unauthenticated', 'Sign in first.');
    const required = this.reflector.getAllAndOverride<Requirement | undefined>(REQUIRES, targets);
    if (required === undefined) throw forbidden('that no role has');
    const recent = this.reflector.getAllAndOverride<boolean>(RECENT_SIGN_IN, targets) ?? false;
    requireSession(signedIn, recent || required === SESSION_ALONE);
    if (required !== SESSION_ALONE && required !== SESSION_OR_TOKEN && !signedIn.access.may(required))
      throw forbidden(required);
    if (recent) this.requireRecent(signedIn);
    req.signedIn = signedIn;
    return true;
  }

  private requireRecent({ authenticatedAt }: SignedIn): void {
    if (authenticatedAt && Date.now() - authenticatedAt.getTime() <= this.options.stepUpMs) return;
    throw new AppError('forbidden', 'auth/step-up-required', 'Confirm that it is you.', {
      detail: 'This change wants a recent sign-in. Confirm with POST /api/auth/step-up, then try again.',
    });
  }
}

function requireSession(signedIn: SignedIn, needed: boolean): void {
  if (!needed || signedIn.credential === 'session') return;
  throw new AppError('forbidden', 'auth/session-only', 'A program may not do this.', {
    detail: 'A person has to sign in to the console for it; no API token is enough.',
  });
}
