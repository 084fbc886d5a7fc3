import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  diagnosticsSchema,
  type CommandId,
  type CommandReport,
  type Diagnostics,
  type DoorCommand,
  type TellDoorRequest,
  type UnlockDoorRequest,
  type doorCommandListSchema,
  type doorCommandRecordSchema,
  type unlockDoorResponseSchema,
} from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { systemActor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import { AgentLink } from '../agents/agent-link';
import { DoorsRepository } from '../doors/doors.repository';
import {
  commandNotFound,
  commandNotUnderstood,
  doorOffline,
  noAnswer,
  noDiagnostics,
  unlockRefused,
} from './door-command.errors';
import type { StoredCommand } from './door-command.entity';
import { DoorCommandJournal } from './door-command-journal';
import { expiryMsOf, PERMISSION_FOR } from './door-command.policy';
import { presentCommand } from './door-command.presenter';
import { DoorCommandsRepository } from './door-commands.repository';

const UNSAID = { refusal: null, detail: null, unlockMs: null, diagnostics: null } as const;

/** What people tell doors to do, each once and in time or not at all. */
@Injectable()
export class DoorCommandsService implements OnModuleInit, OnModuleDestroy {
  private stop: () => void = () => undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly link: AgentLink,
    private readonly commands: DoorCommandsRepository,
    private readonly journal: DoorCommandJournal,
    private readonly audit: Audit,
    private readonly logger: PinoLogger,
  ) {}

  onModuleInit(): void {
    this.stop = this.link.onArrival((doorId) => {
      this.tellAgain(doorId).catch((err: unknown) =>
        this.logger.warn({ err, doorId }, 'commands were not told again'),
      );
    });
  }

  onModuleDestroy(): void {
    this.stop();
  }

  /**
   * Tells a door to do something once, and waits until it is done, refused or begun.
   *
   * @returns the command as it then is; one that the door has not answered stays `asked`
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/offline`, `doors/command-not-understood`
   */
  async tell(
    doorId: string,
    { command, reason }: TellDoorRequest,
    by: SignedIn,
  ): Promise<z.input<typeof doorCommandRecordSchema>> {
    const asked = await this.begin(doorId, { command, reason }, by);
    await this.ask(asked, by).catch((error: unknown) => {
      if (!(error instanceof Unanswered)) throw error;
    });
    return this.get(doorId, asked.id, by);
  }

  /**
   * Unlocks a door once. That it was asked is in the audit before the door hears of it; that it was done is an event of
   * the door's own.
   *
   * @throws {AppError} as {@link tell}; `doors/no-answer`, `doors/unlock-refused`
   */
  async unlock(
    doorId: string,
    { reason, unlockMs }: UnlockDoorRequest,
    by: SignedIn,
  ): Promise<z.input<typeof unlockDoorResponseSchema>> {
    const asked = await this.begin(
      doorId,
      { command: { kind: 'unlock', unlockMs: unlockMs ?? null }, reason },
      by,
    );
    const report = await this.ask(asked, by).catch((error: unknown) => {
      throw error instanceof Unanswered ? noAnswer(asked.expiresAt, error.cause) : error;
    });
    if (report.refusal !== null) throw unlockRefused(report.refusal);
    // Begun, or cut short: whether the lock moved, its events tell.
    if (report.unlockMs === null) throw noAnswer(asked.expiresAt, new Error(`It is ${report.state}.`));
    return { commandId: report.commandId, unlockMs: report.unlockMs };
  }

  /** The newest commands of a door. @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async list(doorId: string, by: SignedIn): Promise<z.input<typeof doorCommandListSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('doors:read', door.siteId);
    const commands = await this.commands.list(doorId);
    return { items: commands.map((command) => presentCommand(command, command.hasDiagnostics)) };
  }

  /** @throws {AppError} `doors/not-found`, `doors/command-not-found`, `auth/forbidden` */
  async get(doorId: string, id: string, by: SignedIn): Promise<z.input<typeof doorCommandRecordSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('doors:read', door.siteId);
    return presentCommand(await this.find(doorId, id));
  }

  /** The bundle that a door collected. @throws {AppError} as {@link get}; `doors/no-diagnostics` */
  async diagnostics(doorId: string, id: string, by: SignedIn): Promise<Diagnostics> {
    const { door } = await this.doors.get(doorId);
    by.access.require('doors:write', door.siteId);
    const { diagnostics } = await this.find(doorId, id);
    if (diagnostics === null) throw noDiagnostics();
    return diagnosticsSchema.parse(diagnostics);
  }

  private async find(doorId: string, id: string): Promise<StoredCommand> {
    const command = await this.commands.find(doorId, id);
    if (!command) throw commandNotFound();
    return command;
  }

  private async begin(
    doorId: string,
    { command, reason }: { command: DoorCommand; reason: string },
    by: SignedIn,
  ): Promise<StoredCommand> {
    const { door, online } = await this.doors.get(doorId);
    by.access.require(PERMISSION_FOR[command.kind], door.siteId);
    if (!online) throw doorOffline();
    const askedAt = new Date();
    const expiresAt = new Date(askedAt.getTime() + expiryMsOf(command));
    const asked: StoredCommand = {
      ...{ id: newId(), doorId, command, reason, askedBy: by.actorName, askedAt, expiresAt, state: 'asked' },
      ...{ ...UNSAID, acceptedAt: null, endedAt: null },
    };
    await this.dataSource.transaction(async (manager) => {
      await this.commands.add(manager, asked);
      const { kind, ...more } = command;
      await this.audit.record(manager, {
        by,
        action: `door/${kind}-requested`,
        subjectId: doorId,
        siteId: door.siteId,
        reason,
        details: { commandId: asked.id, ...more, expiresAt: expiresAt.toISOString() },
      });
    });
    return asked;
  }

  /** @throws {Unanswered} when the door says nothing, or nothing that can be understood */
  private async ask(asked: StoredCommand, by: SignedIn | null): Promise<CommandReport> {
    const { id, doorId, expiresAt, command } = asked;
    const commandId = id as CommandId;
    const answer = await this.link
      .command(doorId, { commandId, expiresAt: expiresAt.toISOString(), command })
      .catch((cause: unknown) => {
        throw new Unanswered('The door did not answer.', { cause });
      });
    const actor = by ?? systemActor('door-commands');
    if (!answer.ok) {
      const detail = `${answer.error.code}: ${answer.error.message}`.slice(0, 500);
      await this.journal.note(doorId, { commandId, state: 'failed', ...UNSAID, detail }, actor);
      throw commandNotUnderstood(detail);
    }
    const { ok: _ok, ...report } = answer;
    await this.journal.note(doorId, report, actor);
    return report;
  }

  /** What a door may not have heard before it was cut off, it is told again while there is time. */
  private async tellAgain(doorId: string): Promise<void> {
    for (const asked of await this.commands.unanswered(doorId)) await this.ask(asked, null);
  }
}

class Unanswered extends Error {}
