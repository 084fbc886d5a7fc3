import type { UnlockRefusal } from '@munjigi/contracts';
import { AppError } from '../../platform/errors/app-error';

/** The door's agent cannot be asked. Nothing was done. */
export function doorOffline(): AppError {
  return new AppError('conflict', 'doors/offline', 'The door is not connected.', {
    detail: 'Nothing was unlocked. Look at the door’s computer and its network, and try again.',
  });
}

/** The door was asked and did not say what it did; it will not do it later. */
export function noAnswer(expiresAt: Date, cause: unknown): AppError {
  return new AppError('conflict', 'doors/no-answer', 'The door did not say whether it unlocked.', {
    detail: `Look at its events before you try again. After ${expiresAt.toISOString()} it refuses this command.`,
    cause,
  });
}

const DETAILS: Readonly<Record<UnlockRefusal, string>> = {
  late: 'The command came too late. Try again.',
  blocked: 'Somebody has blocked it. End that first.',
  'locked-down': 'A lockdown is in force. Lift it first.',
  'double-locked': 'Its second lock is thrown. Somebody has to open that on the spot.',
  'not-recorded': 'Its computer cannot write events down. Look at its disk.',
};

/** The door was asked, and refused. */
export function unlockRefused(reason: UnlockRefusal): AppError {
  return new AppError('conflict', 'doors/unlock-refused', 'The door does not unlock.', {
    detail: DETAILS[reason],
    facts: { reason },
  });
}
