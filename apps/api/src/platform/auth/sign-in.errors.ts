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

/** The password was right, and is not enough. */
export const secondFactorRequired = () =>
  new AppError('unauthenticated', 'auth/second-factor-required', 'A code is needed too.', {
    detail: 'Send the code of the authenticator app, or one of the recovery codes, as `code`.',
  });

/** The password was right, the code was not. */
export const invalidSecondFactor = () =>
  new AppError('unauthenticated', 'auth/invalid-second-factor', 'This code does not fit.', {
    detail: 'Each code can be used once, for about a minute. Wait for the next one, or use a recovery code.',
  });

/** Somebody who is signed in does not know their password: no reason to sign them out, hence no 401. */
export const wrongPassword = () =>
  new AppError('forbidden', 'auth/wrong-password', 'Your current password is another.');
