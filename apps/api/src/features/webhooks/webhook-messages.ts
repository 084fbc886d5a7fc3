import { Injectable } from '@nestjs/common';
import { webhookMessageSchema, type WebhookMessage, type WebhookPeople } from '@munjigi/contracts';
import { AlarmsService } from '../alarms/alarms.service';
import { AppError } from '../../platform/errors/app-error';
import { DoorEventsRepository } from '../events/door-events.repository';
import { EventsRepository } from '../events/events.repository';
import type { WebhookDeliveryRow, WebhookRow } from './webhook.entities';

/** What deliveries say, made from the account when they are sent: who has been erased since is in none. */
@Injectable()
export class WebhookMessages {
  constructor(
    private readonly events: EventsRepository,
    private readonly doorEvents: DoorEventsRepository,
    private readonly alarms: AlarmsService,
  ) {}

  /** The message of a delivery, or null when what it is about is not kept any more. */
  async of(delivery: WebhookDeliveryRow, webhook: WebhookRow): Promise<WebhookMessage | null> {
    const { event: type, subjectId } = delivery;
    if (type === 'webhook.test' || subjectId === null) {
      const timestamp = delivery.requestedAt.toISOString();
      return webhookMessageSchema.parse({ type: 'webhook.test', timestamp, data: { webhookId: webhook.id } });
    }
    if (type === 'door.event') {
      const [data] = await this.doorEvents.byIds([subjectId]);
      return data ? { type, timestamp: data.occurredAt, data } : null;
    }
    if (type === 'access.granted' || type === 'access.denied')
      return this.visit(type, subjectId, webhook.people);
    return this.alarm(type, subjectId);
  }

  private async visit(
    type: 'access.granted' | 'access.denied',
    id: string,
    people: WebhookPeople,
  ): Promise<WebhookMessage | null> {
    const [found] = await this.events.byIds([id]);
    if (!found) return null;
    const { person, ...event } = found.event;
    const named = people === 'names' ? person : person && { id: person.id };
    const data = { ...event, siteId: found.siteId, ...(people === 'none' ? {} : { person: named }) };
    return webhookMessageSchema.parse({ type, timestamp: event.occurredAt, data });
  }

  private async alarm(
    type: 'alarm.raised' | 'alarm.acknowledged' | 'alarm.resolved',
    id: string,
  ): Promise<WebhookMessage | null> {
    try {
      const { alarm } = await this.alarms.describe(id);
      const at = {
        'alarm.raised': null,
        'alarm.acknowledged': alarm.acknowledged,
        'alarm.resolved': alarm.resolved,
      };
      const timestamp = at[type]?.at ?? alarm.raisedAt;
      return webhookMessageSchema.parse({ type, timestamp, data: alarm });
    } catch (error) {
      if (error instanceof AppError && error.kind === 'not-found') return null;
      throw error;
    }
  }
}
