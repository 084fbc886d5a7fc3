import { Injectable } from '@nestjs/common';
import type { CommandReport } from '@munjigi/contracts';
import { DataSource, IsNull, LessThan, MoreThan, type EntityManager } from 'typeorm';
import { StoredCommand } from './door-command.entity';

const LISTED_MAX = 100;

/** The only place that reads and writes the journal of commands. */
@Injectable()
export class DoorCommandsRepository {
  constructor(private readonly dataSource: DataSource) {}

  async add(manager: EntityManager, command: StoredCommand): Promise<void> {
    await manager.insert(StoredCommand, command);
  }

  /** The newest of a door, newest first, without their bundles. */
  async list(doorId: string): Promise<(StoredCommand & { hasDiagnostics: boolean })[]> {
    const { entities, raw } = await this.dataSource
      .getRepository(StoredCommand)
      .createQueryBuilder('command')
      .select(COLUMNS.map((column) => `command.${column}`))
      .addSelect('command.diagnostics IS NOT NULL', 'has_diagnostics')
      .where({ doorId })
      .orderBy({ 'command.askedAt': 'DESC', 'command.id': 'DESC' })
      .limit(LISTED_MAX)
      .getRawAndEntities<{ has_diagnostics: boolean }>();
    return entities.map((entity, index) => ({
      ...entity,
      hasDiagnostics: raw[index]?.has_diagnostics ?? false,
    }));
  }

  find(doorId: string, id: string): Promise<StoredCommand | null> {
    return this.dataSource.getRepository(StoredCommand).findOneBy({ doorId, id });
  }

  /** What a door has not answered and would not refuse as late. */
  async unanswered(doorId: string): Promise<StoredCommand[]> {
    return this.dataSource.getRepository(StoredCommand).find({
      where: { doorId, state: 'asked', acceptedAt: IsNull(), expiresAt: MoreThan(new Date()) },
      order: { askedAt: 'ASC', id: 'ASC' },
    });
  }

  /**
   * Notes what a door says has become of a command; what has ended stays as it ended.
   *
   * @returns the command as it is now; null when there is none of that door, or nothing was new
   */
  async note(
    manager: EntityManager,
    doorId: string,
    { commandId, ...report }: CommandReport,
  ): Promise<StoredCommand | null> {
    const command = await manager.findOne(StoredCommand, {
      where: { doorId, id: commandId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!command || command.endedAt !== null || command.state === report.state) return null;
    const now = new Date();
    const isEnd = report.state !== 'accepted';
    Object.assign(command, report, {
      acceptedAt: command.acceptedAt ?? (report.state === 'refused' ? null : now),
      endedAt: isEnd ? now : null,
    });
    return manager.save(command);
  }

  /** Forgets what is older. @returns how many there were */
  async forget(before: Date): Promise<number> {
    const { affected } = await this.dataSource
      .getRepository(StoredCommand)
      .delete({ askedAt: LessThan(before) });
    return affected ?? 0;
  }
}

const COLUMNS = [
  ...['id', 'doorId', 'command', 'reason', 'askedBy', 'askedAt', 'expiresAt', 'state'],
  ...['refusal', 'detail', 'unlockMs', 'acceptedAt', 'endedAt'],
];
