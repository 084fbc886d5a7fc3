import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AppError } from '../errors/app-error';
import type { AuthenticatedRequest } from './session.guard';
import type { SignedIn } from './signed-in';

/** The {@link SignedIn} that the guard found for this request. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const { signedIn } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!signedIn) throw new AppError('unauthenticated', 'auth/unauthenticated', 'Sign in first.');
  return signedIn;
});
