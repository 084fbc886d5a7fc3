import { AppError } from '../errors/app-error';

/** An address that is not known and a wrong password: they look the same. */
export const invalidCredentials = () =>
  new AppError('unauthenticated', 'auth/invalid-credentials', 'The e-mail address or the password is wrong.');

/** Somebody with the right proof who may not sign in. */
export const suspended = () =>
  new AppError('forbidden', 'auth/suspended', 'This account is suspended.', {
    detail: 'An owner can take the suspension back.',
  });

/** @param waitSeconds until another attempt is looked at */
export const tooManyAttempts = (waitSeconds: number) =>
  new AppError('throttled', 'auth/too-many-attempts', 'There were too many attempts to sign in.', {
    detail: `Try again in ${Math.ceil(waitSeconds / 60)} minutes.`,
    retryAfterSeconds: waitSeconds,
  });
