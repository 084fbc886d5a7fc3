import { Injectable } from '@nestjs/common';
import type { DeadLettersQuery } from '@munjigi/contracts';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import type { Reach } from '../../platform/auth/access';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';
import { AppError } from '../../platform/errors/app-error';
import { Door } from '../doors/door.entity';
import { DeadLetterRow } from './dead-letter.entity';
import type { DeadLetterRecord } from './dead-letter.presenter';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Reads what was set aside, and notes what became of it. */
@Injectable()
export class DeadLettersRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; only of sites within reach. What belongs to no site is within reach only of those with all. */
  async page(
    query: DeadLettersQuery,
    reach: Reach,
  ): Promise<{ items: DeadLetterRecord[]; nextCursor: string | null }> {
    const { state, reason, siteId, doorId, cursor, limit } = query;
    const builder = this.records().orderBy('letter.receivedAt', 'DESC').addOrderBy('letter.id', 'DESC');
    if (reach !== 'everywhere') builder.andWhere('letter.siteId = ANY(:reach)', { reach: [...reach] });
    if (state !== undefined) builder.andWhere('letter.state = :state', { state });
    if (reason !== undefined) builder.andWhere('letter.reason = :reason', { reason });
    if (siteId !== undefined) builder.andWhere('letter.siteId = :siteId', { siteId });
    if (doorId !== undefined) builder.andWhere('letter.doorId = :doorId', { doorId });
    if (cursor !== undefined) {
      const [at, id] = decodeCursor(cursor, cursorSchema);
      builder.andWhere('(letter.receivedAt, letter.id) < (:at, :id)', { at: new Date(at), id });
    }
    const records = await recordsOf(builder.limit(limit + 1));
    const items = records.slice(0, limit);
    const last = items.at(-1)?.letter;
    const more = records.length > limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor([last.receivedAt.toISOString(), last.id]) : null };
  }

  /** @throws {AppError} `dead-letters/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<DeadLetterRecord> {
    const [record] = await recordsOf(this.records(manager).where('letter.id = :id', { id }));
    if (!record) throw new AppError('not-found', 'dead-letters/not-found', 'There is no such event.');
    return record;
  }

  /** Notes what became of one, in the caller's transaction. @throws {AppError} `dead-letters/settled` */
  async settle(
    manager: EntityManager,
    id: string,
    settled: Pick<DeadLetterRow, 'state' | 'settledBy' | 'settledNote'>,
  ): Promise<void> {
    const { affected } = await manager.update(
      DeadLetterRow,
      { id, state: 'open' },
      { ...settled, settledAt: new Date() },
    );
    if (affected === 1) return;
    throw new AppError('conflict', 'dead-letters/settled', 'Somebody has seen to this event already.');
  }

  private records(manager: EntityManager = this.dataSource.manager): SelectQueryBuilder<DeadLetterRow> {
    return manager
      .createQueryBuilder(DeadLetterRow, 'letter')
      .leftJoin(Door, 'door', 'door.id = letter.doorId')
      .addSelect('door.name', 'record_door_name');
  }
}

async function recordsOf(builder: SelectQueryBuilder<DeadLetterRow>): Promise<DeadLetterRecord[]> {
  const { entities, raw } = await builder.getRawAndEntities<{ record_door_name: string | null }>();
  return entities.map((letter, index) => ({ letter, doorName: raw[index]?.record_door_name ?? null }));
}
