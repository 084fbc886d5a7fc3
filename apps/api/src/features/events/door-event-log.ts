import { Injectable } from '@nestjs/common';
import type { DoorEventKind } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import { afterCommit } from '../../platform/database/after-commit';
import { newId } from '../../platform/database/uuid';
import { LiveBus } from '../../platform/realtime/live-bus';
import { AlarmRaiser } from '../alarms/alarm-raiser';
import { signalsOf } from '../alarms/alarm-signals';
import { WebhookOutbox } from '../webhooks/webhook-outbox';
import { EventPartitions } from './event-partitions';

/** What the server noticed of a door. */
export interface Noticed {
  readonly doorId: string;
  readonly kind: DoorEventKind;
  /** By kind, as in the wire's schema. */
  readonly details: object;
}

/** Writes down what the server itself notices of doors, and raises or ends the alarms that follow from it. */
@Injectable()
export class DoorEventLog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly partitions: EventPartitions,
    private readonly alarms: AlarmRaiser,
    private readonly webhooks: WebhookOutbox,
    private readonly bus: LiveBus,
  ) {}

  /** Writes events of this moment, and returns after the commit. Doors that are no more are left out. */
  async note(noticed: readonly Noticed[], at = new Date()): Promise<void> {
    if (noticed.length === 0) return;
    const occurredAt = at.toISOString();
    const events = noticed.map((each) => ({ ...each, id: newId(), occurredAt }));
    await this.partitions.ensure([at]);
    await this.dataSource.transaction(async (manager) => {
      await manager.query(INSERT, [at, JSON.stringify(events)]);
      await this.alarms.apply(manager, events.flatMap(signalsOf));
      await this.webhooks.announce(
        manager,
        events.map(({ id, doorId }) => ({ event: 'door.event', subjectId: id, doorId })),
      );
      const eventIds = events.map(({ id }) => id);
      afterCommit(manager, () => this.bus.send('doorEvents', { eventIds }));
    });
  }
}

const INSERT = `
  INSERT INTO door_event (id, door_id, site_id, kind, occurred_at, received_at, details)
  SELECT event.id, door.id, door.site_id, kind, $1, $1, details
  FROM jsonb_to_recordset($2::jsonb) AS event (id uuid, "doorId" uuid, kind text, details jsonb)
  JOIN door ON door.id = event."doorId"`;
