import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AppError } from '../../platform/errors/app-error';
import type { LiveSocket } from './live-socket';

/** Takes messages only of a console whose session still lasts. */
@Injectable()
export class LiveSessionGuard implements CanActivate {
  /** @throws {AppError} `live/unauthenticated` */
  canActivate(context: ExecutionContext): boolean {
    const { signedIn } = context.switchToWs().getClient<LiveSocket>().data;
    if (signedIn && signedIn.expiresAt.getTime() > Date.now()) return true;
    throw new AppError('unauthenticated', 'live/unauthenticated', 'Sign in first.');
  }
}
