import { Injectable } from '@nestjs/common';
import type { AlarmsQuery } from '@munjigi/contracts';
import { DataSource, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { z } from 'zod';
import type { Reach } from '../../platform/auth/access';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';
import { AppError } from '../../platform/errors/app-error';
import { Door } from '../doors/door.entity';
import { Site } from '../doors/site.entity';
import { AlarmRow } from './alarm.entity';
import type { AlarmRecord } from './alarm.presenter';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** The only place that reads and changes alarms, apart from their raising. */
@Injectable()
export class AlarmsRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Newest first; only of sites within reach. What belongs to no site is within reach only of those with all. */
  async page(query: AlarmsQuery, reach: Reach): Promise<{ items: AlarmRecord[]; nextCursor: string | null }> {
    const builder = this.records().orderBy('alarm.raisedAt', 'DESC').addOrderBy('alarm.id', 'DESC');
    if (reach !== 'everywhere') builder.andWhere('alarm.siteId = ANY(:reach)', { reach: [...reach] });
    filter(builder, query);
    builder.limit(query.limit + 1);
    const { entities, raw } = await builder.getRawAndEntities<NameRow>();
    const records = entities.map((alarm, index) => recordOf(alarm, raw[index]));
    const items = records.slice(0, query.limit);
    const last = items.at(-1)?.alarm;
    const more = records.length > query.limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor([last.raisedAt.toISOString(), last.id]) : null };
  }

  /** @throws {AppError} `alarms/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<AlarmRecord> {
    const { entities, raw } = await this.records(manager)
      .where('alarm.id = :id', { id })
      .getRawAndEntities<NameRow>();
    const [alarm] = entities;
    if (!alarm) throw new AppError('not-found', 'alarms/not-found', 'There is no such alarm.');
    return recordOf(alarm, raw[0]);
  }

  /** An alarm that nobody else changes until the transaction ends. @throws {AppError} `alarms/not-found` */
  async lock(manager: EntityManager, id: string): Promise<AlarmRow> {
    const alarm = await manager.findOne(AlarmRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!alarm) throw new AppError('not-found', 'alarms/not-found', 'There is no such alarm.');
    return alarm;
  }

  private records(manager: EntityManager = this.dataSource.manager): SelectQueryBuilder<AlarmRow> {
    return manager
      .createQueryBuilder(AlarmRow, 'alarm')
      .leftJoin(Site, 'site', 'site.id = alarm.siteId')
      .leftJoin(Door, 'door', 'door.id = alarm.doorId')
      .addSelect('site.name', 'record_site_name')
      .addSelect('door.name', 'record_door_name');
  }
}

interface NameRow {
  readonly record_site_name: string | null;
  readonly record_door_name: string | null;
}

function recordOf(alarm: AlarmRow, names: NameRow | undefined): AlarmRecord {
  return { alarm, siteName: names?.record_site_name ?? null, doorName: names?.record_door_name ?? null };
}

function filter(builder: SelectQueryBuilder<AlarmRow>, query: AlarmsQuery): void {
  const { state, kind, severity, siteId, doorId, from, until, cursor } = query;
  if (state === 'open') builder.andWhere(`alarm.state <> 'resolved'`);
  else if (state !== undefined) builder.andWhere('alarm.state = :state', { state });
  if (kind !== undefined) builder.andWhere('alarm.kind = :kind', { kind });
  if (severity !== undefined) builder.andWhere('alarm.severity = :severity', { severity });
  if (siteId !== undefined) builder.andWhere('alarm.siteId = :siteId', { siteId });
  if (doorId !== undefined) builder.andWhere('alarm.doorId = :doorId', { doorId });
  if (from !== undefined) builder.andWhere('alarm.raisedAt >= :from', { from: new Date(from) });
  if (until !== undefined) builder.andWhere('alarm.raisedAt < :until', { until: new Date(until) });
  if (cursor !== undefined) {
    const [at, id] = decodeCursor(cursor, cursorSchema);
    builder.andWhere('(alarm.raisedAt, alarm.id) < (:at, :id)', { at: new Date(at), id });
  }
}
