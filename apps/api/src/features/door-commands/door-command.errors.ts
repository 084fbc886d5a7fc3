import type { CommandRefusal } from '@munjigi/contracts';
import { AppError } from '../../platform/errors/app-error';

/** The door's agent cannot be asked. Nothing was done. */
export function doorOffline(): AppError {
  return new AppError('conflict', 'doors/offline', 'The door is not connected.', {
    detail: 'Nothing was done. Look at the door’s computer and its network, and try again.',
  });
}

/** The door was asked and did not say what it did; it will not do it later. */
export function noAnswer(expiresAt: Date, cause: unknown): AppError {
  return new AppError('conflict', 'doors/no-answer', 'The door did not say whether it unlocked.', {
    detail: `Look at its events before you try again. After ${expiresAt.toISOString()} it refuses this command.`,
    cause,
  });
}

const DETAILS: Readonly<Record<CommandRefusal, string>> = {
  late: 'The command came too late. Try again.',
  blocked: 'Somebody has blocked it. End that first.',
  'locked-down': 'A lockdown is in force. Lift it first.',
  'double-locked': 'Its second lock is thrown. Somebody has to open that on the spot.',
  'unlocked-for-all': 'Its rules hold it open.',
  busy: 'It is at it already. Wait a moment.',
  unsupported: 'Its computer cannot do that.',
  'not-recorded': 'Its computer cannot write events down. Look at its disk.',
  'lock-fault': 'Its lock does not answer. Look at the wiring, the relay and its power.',
};

/** The door's agent does not know such a command. */
export function commandNotUnderstood(answer: string): AppError {
  return new AppError(
    'conflict',
    'doors/command-not-understood',
    'The door did not understand the command.',
    {
      detail: 'Nothing was done. Its agent may be of another version: update it.',
      cause: new Error(answer),
    },
  );
}

/** There is no such command of this door. */
export function commandNotFound(): AppError {
  return new AppError('not-found', 'doors/command-not-found', 'There is no such command of this door.', {
    detail: 'Commands are kept for 90 days.',
  });
}

/** The command has no bundle. */
export function noDiagnostics(): AppError {
  return new AppError('not-found', 'doors/no-diagnostics', 'This command has no bundle of diagnostics.', {
    detail: 'Wait until the door has collected it, or ask for it again.',
  });
}

/** The door was asked, and refused. */
export function unlockRefused(reason: CommandRefusal): AppError {
  return new AppError('conflict', 'doors/unlock-refused', 'The door does not unlock.', {
    detail: DETAILS[reason],
    facts: { reason },
  });
}
