import {
  commandReportSchema,
  type CommandRefusal,
  type CommandReport,
  type DoorCommand,
  type DoorCommandMessage,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import { messageOf } from '../domain/agent-error';
import type { CommandStore } from '../ports/event-store';

/** A disk that was full may have room again after this. */
const RECORD_AGAIN_MS = 1_000;

/** How a command ended; what is left out is null. */
export type CommandEnd = { readonly state: 'refused' | 'done' | 'failed' } & Partial<
  Pick<CommandReport, 'refusal' | 'detail' | 'unlockMs' | 'diagnostics'>
>;

/**
 * How a command is carried out. `end`: done in a moment, by `act`, once it is written down that it is begun; what
 * `act` returns, if anything, is how it ended instead. `moment`: done in a moment that is worth waiting for. `work`:
 * takes its time.
 */
export type CommandPlan =
  | { readonly end: CommandEnd; readonly act?: () => CommandEnd | void }
  | { readonly moment: () => Promise<CommandEnd> }
  | { readonly work: () => Promise<CommandEnd> };

/** One for each kind: a kind without does not compile. */
export type CommandPlans = {
  readonly [K in DoorCommand['kind']]: (
    command: Extract<DoorCommand, { kind: K }>,
    commandId: string,
  ) => CommandPlan;
};

/** What the carrying out of commands works with. */
export interface CommandDeskOptions {
  readonly commands: CommandStore;
  readonly plans: CommandPlans;
  readonly log: Logger;
  /** The server's clock as far as it is known, ms since 1970; null before the first contact. */
  readonly serverMs: () => number | null;
  /** There is a report to send. */
  readonly onReport: () => void;
}

/**
 * Does what the server commands: never late, never twice, and never without a record of it.
 *
 * It is kept as begun before it is begun. A command that a loss of power cut short is not done later: it has failed,
 * but for a restart, which it has completed.
 */
export class CommandDesk {
  readonly #options: CommandDeskOptions;
  readonly #working = new Set<DoorCommand['kind']>();
  readonly #moments = new Map<string, Promise<CommandReport>>();

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  /** Ends what was begun before this process was; to be called once, before the first command. */
  resume(): void {
    const { commands } = this.#options;
    for (const { commandId, kind } of commands.begun()) {
      const isRestart = kind === 'restart';
      const detail = isRestart ? null : 'The agent began anew before it was done.';
      this.#keep(commandId, kind, { state: isRestart ? 'done' : 'failed', detail });
    }
  }

  /** @returns what has become of it, the same for the same command however often it comes */
  take(message: DoorCommandMessage): CommandReport {
    const { commandId, command } = message;
    const { commands, log } = this.#options;
    try {
      const before = commands.reportOf(commandId);
      if (before !== null) return commandReportSchema.parse(JSON.parse(before));
      const report = this.#begin(message);
      log.info({ commandId, kind: command.kind, state: report.state, refusal: report.refusal }, 'command');
      return report;
    } catch (error) {
      log.error({ commandId, reason: messageOf(error) }, 'command not recorded, and not done');
      return reportOf(commandId, refused('not-recorded'));
    }
  }

  /** Like {@link take}, and waits for what ends in a moment. Never rejects. */
  async answer(message: DoorCommandMessage): Promise<CommandReport> {
    const report = this.take(message);
    return (await this.#moments.get(message.commandId)) ?? report;
  }

  /** The reports that the server has not confirmed, oldest first. */
  untold(): CommandReport[] {
    return this.#options.commands.untold().map((text) => commandReportSchema.parse(JSON.parse(text)));
  }

  /** The server has this report. */
  told({ commandId, state }: CommandReport): void {
    this.#options.commands.told(commandId, state);
  }

  #begin({ commandId, expiresAt, command }: DoorCommandMessage): CommandReport {
    const { kind } = command;
    if (this.#isLate(expiresAt)) return this.#keep(commandId, kind, refused('late'));
    if (this.#working.has(kind)) return this.#keep(commandId, kind, refused('busy'));
    const plan = this.#planOf(command, commandId);
    if ('end' in plan && !plan.act) return this.#keep(commandId, kind, plan.end);
    const report = this.#keep(commandId, kind, { state: 'accepted' });
    if ('end' in plan) return this.#keep(commandId, kind, plan.act?.() ?? plan.end);
    if ('moment' in plan) this.#wait(report, kind, plan.moment);
    else void this.#work(report, kind, plan.work);
    return report;
  }

  #planOf(command: DoorCommand, commandId: string): CommandPlan {
    const plan = this.#options.plans[command.kind] as (command: DoorCommand, id: string) => CommandPlan;
    return plan(command, commandId);
  }

  #wait(begun: CommandReport, kind: DoorCommand['kind'], moment: () => Promise<CommandEnd>): void {
    const { commandId } = begun;
    const ended = this.#finish(begun, kind, moment()).finally(() => this.#moments.delete(commandId));
    this.#moments.set(commandId, ended);
  }

  async #work(
    begun: CommandReport,
    kind: DoorCommand['kind'],
    work: () => Promise<CommandEnd>,
  ): Promise<void> {
    this.#working.add(kind);
    await this.#finish(begun, kind, work());
    this.#working.delete(kind);
  }

  async #finish(
    begun: CommandReport,
    kind: DoorCommand['kind'],
    ending: Promise<CommandEnd>,
  ): Promise<CommandReport> {
    const { commandId } = begun;
    const end = await ending.catch((error: unknown): CommandEnd => {
      return { state: 'failed', detail: messageOf(error).slice(0, 500) };
    });
    try {
      return this.#keep(commandId, kind, end);
    } catch (error) {
      this.#options.log.error({ commandId, reason: messageOf(error) }, 'end of a command not recorded yet');
      this.#keepLater(commandId, kind, end);
      return begun;
    }
  }

  /** Tries until it is written down; an agent that ends before counts the command as cut short when it begins. */
  #keepLater(commandId: CommandReport['commandId'], kind: DoorCommand['kind'], end: CommandEnd): void {
    setTimeout(() => {
      try {
        this.#keep(commandId, kind, end);
      } catch {
        this.#keepLater(commandId, kind, end);
      }
    }, RECORD_AGAIN_MS).unref();
  }

  #isLate(expiresAt: string): boolean {
    const serverMs = this.#options.serverMs();
    return serverMs === null || !(serverMs < Date.parse(expiresAt));
  }

  #keep(
    commandId: CommandReport['commandId'],
    kind: DoorCommand['kind'],
    end: CommandEnd | { readonly state: 'accepted' },
  ): CommandReport {
    const report = reportOf(commandId, end);
    this.#options.commands.keep({ commandId, kind, state: report.state, report: JSON.stringify(report) });
    this.#options.onReport();
    return report;
  }
}

/** The end of a command that the door does not do. */
export function refused(refusal: CommandRefusal, detail: string | null = null): CommandEnd {
  return { state: 'refused', refusal, detail };
}

function reportOf(
  commandId: CommandReport['commandId'],
  end: CommandEnd | { readonly state: 'accepted' },
): CommandReport {
  return { commandId, refusal: null, detail: null, unlockMs: null, diagnostics: null, ...end };
}
