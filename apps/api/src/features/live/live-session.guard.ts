import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Permission } from '@munjigi/contracts';
import { forbidden } from '../../platform/auth/access';
import { REQUIRES } from '../../platform/auth/requires.decorator';
import { AppError } from '../../platform/errors/app-error';
import type { LiveSocket } from './live-socket';

/** Takes messages only of a console whose session still lasts, and who has the permission that the message requires. */
@Injectable()
export class LiveSessionGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws {AppError} `live/unauthenticated`, `auth/forbidden` */
  canActivate(context: ExecutionContext): boolean {
    const { signedIn } = context.switchToWs().getClient<LiveSocket>().data;
    if (!signedIn || signedIn.expiresAt.getTime() <= Date.now())
      throw new AppError('unauthenticated', 'live/unauthenticated', 'Sign in first.');
    const required = this.reflector.get<Permission | undefined>(REQUIRES, context.getHandler());
    if (required === undefined || !signedIn.access.may(required))
      throw forbidden(required ?? 'that no role has');
    return true;
  }
}
