import { Injectable } from '@nestjs/common';
import type { AlarmsQuery, HandleAlarmRequest, alarmSchema, alarmsPageSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { afterCommit } from '../../platform/database/after-commit';
import { AppError } from '../../platform/errors/app-error';
import { LiveBus } from '../../platform/realtime/live-bus';
import { WebhookOutbox } from '../webhooks/webhook-outbox';
import { AlarmRow } from './alarm.entity';
import { presentAlarm } from './alarm.presenter';
import { AlarmsRepository } from './alarms.repository';

type AlarmView = z.input<typeof alarmSchema>;

/** Alarms as people see and handle them. */
@Injectable()
export class AlarmsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly alarms: AlarmsRepository,
    private readonly audit: Audit,
    private readonly bus: LiveBus,
    private readonly webhooks: WebhookOutbox,
  ) {}

  /** The alarms that somebody may see, newest first. */
  async list(query: AlarmsQuery, by: SignedIn): Promise<z.input<typeof alarmsPageSchema>> {
    const { items, nextCursor } = await this.alarms.page(query, by.access.reach('alarms:read'));
    return { items: items.map(presentAlarm), nextCursor };
  }

  /** @throws {AppError} `alarms/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<AlarmView> {
    const record = await this.alarms.get(id);
    by.access.require('alarms:read', record.alarm.siteId);
    return presentAlarm(record);
  }

  /** An alarm and its site, for those whose right to see it is checked elsewhere. */
  async describe(id: string): Promise<{ alarm: AlarmView; siteId: string | null }> {
    const record = await this.alarms.get(id);
    return { alarm: presentAlarm(record), siteId: record.alarm.siteId };
  }

  /** Says that somebody sees to it. @throws {AppError} `alarms/not-raised` when somebody does already, or it is over. */
  acknowledge(id: string, request: HandleAlarmRequest, by: SignedIn): Promise<AlarmView> {
    return this.handle(id, by, 'acknowledged', (alarm) => {
      if (alarm.state !== 'raised') throw notRaised(alarm);
      const acknowledged = { acknowledgedAt: new Date(), acknowledgedBy: by.actorName };
      return { state: 'acknowledged', ...acknowledged, acknowledgedNote: request.note ?? null };
    });
  }

  /** Says that it is over. @throws {AppError} `alarms/resolved` when it was already. */
  resolve(id: string, request: HandleAlarmRequest, by: SignedIn): Promise<AlarmView> {
    return this.handle(id, by, 'resolved', (alarm) => {
      if (alarm.state === 'resolved')
        throw new AppError('conflict', 'alarms/resolved', 'This alarm is over.');
      const resolved = { resolvedAt: new Date(), resolvedBy: by.actorName };
      return { state: 'resolved', ...resolved, resolvedNote: request.note ?? null };
    });
  }

  private handle(
    id: string,
    by: SignedIn,
    what: 'acknowledged' | 'resolved',
    change: (alarm: AlarmRow) => Partial<Omit<AlarmRow, 'details'>>,
  ): Promise<AlarmView> {
    return this.dataSource.transaction(async (manager) => {
      const alarm = await this.alarms.lock(manager, id);
      by.access.require('alarms:write', alarm.siteId);
      const changed = change(alarm);
      await manager.update(AlarmRow, { id }, changed);
      await this.audit.record(manager, {
        by,
        action: `alarm/${what}`,
        subjectId: id,
        siteId: alarm.siteId,
        before: { state: alarm.state },
        after: changed,
        details: { kind: alarm.kind, doorId: alarm.doorId },
      });
      await this.webhooks.announce(manager, [
        { event: `alarm.${what}`, subjectId: id, siteId: alarm.siteId },
      ]);
      afterCommit(manager, () => this.bus.send('alarm', { alarmId: id }));
      return presentAlarm(await this.alarms.get(id, manager));
    });
  }
}

function notRaised(alarm: AlarmRow): AppError {
  return new AppError('conflict', 'alarms/not-raised', 'This alarm waits for nobody.', {
    detail:
      alarm.state === 'resolved'
        ? 'It is over already.'
        : `${alarm.acknowledgedBy ?? 'Somebody'} sees to it already.`,
  });
}
