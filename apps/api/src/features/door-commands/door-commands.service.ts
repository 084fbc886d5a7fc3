import { Injectable } from '@nestjs/common';
import type {
  CommandId,
  DoorUnlockAnswer,
  UnlockDoorRequest,
  unlockDoorResponseSchema,
} from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { AgentLink } from '../agents/agent-link';
import { DoorsRepository } from '../doors/doors.repository';
import { doorOffline, noAnswer, unlockRefused } from './door-command.errors';

/** How long a command to unlock may be on its way; a door refuses a later one. */
const EXPIRY_MS = 8_000;

/** A command that is on its way. */
interface Sent {
  readonly commandId: CommandId;
  readonly expiresAt: Date;
  readonly siteId: string;
}

/** What operators tell doors to do at once. */
@Injectable()
export class DoorCommandsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly link: AgentLink,
    private readonly audit: Audit,
  ) {}

  /**
   * Unlocks a door once. That it was asked is in the audit before the door hears of it; that it was done is an event of
   * the door's own.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/offline`, `doors/no-answer`, `doors/unlock-refused`
   */
  async unlock(
    doorId: string,
    request: UnlockDoorRequest,
    by: SignedIn,
  ): Promise<z.input<typeof unlockDoorResponseSchema>> {
    const sent = await this.begin(doorId, request, by);
    const answer = await this.ask(doorId, sent, request.unlockMs ?? null);
    const { outcome, reason, unlockMs } = answer;
    await this.dataSource.transaction((manager) =>
      this.audit.record(manager, {
        by,
        action: 'door/unlock-answered',
        subjectId: doorId,
        siteId: sent.siteId,
        details: { commandId: sent.commandId, outcome, reason, unlockMs },
      }),
    );
    if (outcome === 'refused') throw unlockRefused(reason ?? 'late');
    return { commandId: sent.commandId, unlockMs };
  }

  private async begin(doorId: string, request: UnlockDoorRequest, by: SignedIn): Promise<Sent> {
    const { door, online } = await this.doors.get(doorId);
    by.access.require('doors:operate', door.siteId);
    if (!online) throw doorOffline();
    const commandId = newId() as CommandId;
    const expiresAt = new Date(Date.now() + EXPIRY_MS);
    await this.dataSource.transaction((manager) =>
      this.audit.record(manager, {
        by,
        action: 'door/unlock-requested',
        subjectId: doorId,
        siteId: door.siteId,
        reason: request.reason,
        details: { commandId, unlockMs: request.unlockMs ?? null, expiresAt: expiresAt.toISOString() },
      }),
    );
    return { commandId, expiresAt, siteId: door.siteId };
  }

  private async ask(
    doorId: string,
    { commandId, expiresAt }: Sent,
    unlockMs: number | null,
  ): Promise<DoorUnlockAnswer & { ok: true }> {
    let answer: DoorUnlockAnswer;
    try {
      answer = await this.link.unlock(doorId, { commandId, expiresAt: expiresAt.toISOString(), unlockMs });
    } catch (cause) {
      throw noAnswer(expiresAt, cause);
    }
    if (answer.ok) return answer;
    throw new AppError('internal', 'agent/invalid-answer', 'The door could not understand the command.', {
      detail: 'Its agent may be of another version. Update it.',
      cause: new Error(`${answer.error.code}: ${answer.error.message}`),
    });
  }
}
