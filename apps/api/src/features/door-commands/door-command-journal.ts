import { Injectable } from '@nestjs/common';
import type { CommandReport } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { Actor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { DoorsRepository } from '../doors/doors.repository';
import { DoorCommandsRepository } from './door-commands.repository';

/** Keeps what has become of commands, and accounts once for how each ended. */
@Injectable()
export class DoorCommandJournal {
  constructor(
    private readonly dataSource: DataSource,
    private readonly commands: DoorCommandsRepository,
    private readonly doors: DoorsRepository,
    private readonly audit: Audit,
  ) {}

  /** The door itself says what has become of a command. */
  async heard(doorId: string, report: CommandReport): Promise<void> {
    const { door } = await this.doors.get(doorId);
    await this.note(doorId, report, {
      ...{ actorKind: 'device' as const, actorId: doorId, actorName: door.name, address: null },
    });
  }

  /** @param by in whose name it is accounted for */
  async note(doorId: string, report: CommandReport, by: Actor): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const command = await this.commands.note(manager, doorId, report);
      if (!command || command.endedAt === null) return;
      const { door } = await this.doors.get(doorId, manager);
      const { state: outcome, refusal, unlockMs } = report;
      await this.audit.record(manager, {
        by,
        action: `door/${command.command.kind}-answered`,
        subjectId: doorId,
        siteId: door.siteId,
        details: { commandId: command.id, outcome, refusal, unlockMs },
      });
    });
  }
}
