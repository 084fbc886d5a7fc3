import { AppError } from '../../platform/errors/app-error';

/** A code that is unknown, used, expired or replaced: they look the same. */
export const wrongCode = () =>
  new AppError('forbidden', 'pairing/wrong-code', 'This is not a pairing code that is good now.', {
    detail: 'A code is good for 15 minutes, and once. Make a new one for the door at the console.',
  });

/** What was sent does not show that the sender has the key. */
export const wrongSignature = () =>
  new AppError('invalid', 'pairing/wrong-signature', 'The signature is not by the key that was sent.', {
    detail:
      'Sign the pairing text with the private key of `publicKey`, for the name that the server is reached by.',
  });

/** A key that has been somebody's already. */
export const knownKey = () =>
  new AppError('conflict', 'pairing/known-key', 'This key has been used before.', {
    detail: 'A key that was replaced or revoked never works again. Make a new one on the device.',
  });

/** @param waitSeconds until the door may have another code */
export const tooManyCodes = (waitSeconds: number) =>
  new AppError('throttled', 'pairing/too-many-codes', 'Too many pairing codes were made for this door.', {
    detail: `Use the newest one, or try again in ${Math.ceil(waitSeconds / 60)} minutes.`,
    retryAfterSeconds: waitSeconds,
  });

/** There is no device whose key could be changed or taken. */
export const notPaired = () =>
  new AppError('conflict', 'doors/not-paired', 'No device is paired with this door.', {
    detail: 'Make a pairing code for it, and pair the device.',
  });

/** Whoever connects has not shown that they are a door's device. */
export const unproved = () =>
  new AppError('unauthenticated', 'agent/unauthenticated', 'This agent is not known.');
