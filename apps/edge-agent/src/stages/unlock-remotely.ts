import {
  doorUnlockAnswerSchema,
  type DoorUnlock,
  type DoorUnlockAnswer,
  type UnlockRefusal,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import type { CommandStore } from '../ports/event-store';
import type { DoorActuator } from './actuate';
import type { DoorJournal } from './keep-journal';

/** What an operator's unlocking works with. */
export interface RemoteUnlockerOptions {
  readonly commands: CommandStore;
  readonly actuator: Pick<DoorActuator, 'refusalFor' | 'unlock'>;
  readonly journal: Pick<DoorJournal, 'note'>;
  readonly log: Logger;
  /** The server's clock as far as it is known, ms since 1970; null before the first contact. */
  readonly serverMs: () => number | null;
  /** How long the door unlocks for anybody, ms. */
  readonly unlockMs: () => number;
  /** Takes the door's mode as it is now, before anything is decided by it. */
  readonly refreshMode: () => void;
}

/**
 * Unlocks once for an operator who is elsewhere: never late, never twice, and never without a record of it.
 *
 * The answer is kept before the relay moves: a command that a loss of power cut short is not done, and not later
 * either.
 */
export class RemoteUnlocker {
  readonly #options: RemoteUnlockerOptions;

  constructor(options: RemoteUnlockerOptions) {
    this.#options = options;
  }

  /** @returns what became of it, the same for the same command however often it comes */
  unlock(command: DoorUnlock): DoorUnlockAnswer {
    const { commandId } = command;
    const { commands, log } = this.#options;
    try {
      const before = commands.answerTo(commandId);
      if (before !== null) return doorUnlockAnswerSchema.parse(JSON.parse(before));
      return this.#unlock(command);
    } catch (error) {
      log.error({ commandId, reason: messageOf(error) }, 'command not recorded, door stays shut');
      return refused(commandId, 'not-recorded');
    }
  }

  #unlock({ commandId, expiresAt, unlockMs: asked }: DoorUnlock): DoorUnlockAnswer {
    const { commands, actuator, journal, log } = this.#options;
    const refusal = this.#isLate(expiresAt) ? 'late' : this.#refusal();
    if (refusal) {
      log.warn({ commandId, refusal }, 'command refused');
      return this.#keep(refused(commandId, refusal));
    }
    const unlockMs = asked ?? this.#options.unlockMs();
    const answer = this.#keep({ ok: true, commandId, outcome: 'unlocked' as const, reason: null, unlockMs });
    if (!journal.note({ kind: 'remote-unlock', commandId, unlockMs })) {
      commands.keep(commandId, JSON.stringify(refused(commandId, 'not-recorded')));
      return refused(commandId, 'not-recorded');
    }
    actuator.unlock({ unlockMs, by: 'operator' });
    return answer;
  }

  #refusal(): UnlockRefusal | null {
    this.#options.refreshMode();
    return this.#options.actuator.refusalFor('operator');
  }

  #isLate(expiresAt: string): boolean {
    const serverMs = this.#options.serverMs();
    return serverMs === null || !(serverMs < Date.parse(expiresAt));
  }

  #keep<A extends DoorUnlockAnswer & { ok: true }>(answer: A): A {
    this.#options.commands.keep(answer.commandId, JSON.stringify(answer));
    return answer;
  }
}

function refused(commandId: DoorUnlock['commandId'], reason: UnlockRefusal) {
  return { ok: true as const, commandId, outcome: 'refused' as const, reason, unlockMs: 0 };
}
