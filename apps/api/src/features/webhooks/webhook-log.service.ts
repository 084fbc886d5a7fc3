import { Injectable } from '@nestjs/common';
import type {
  WebhookDeliveriesQuery,
  webhookDeliveriesPageSchema,
  webhookDeliverySchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/signed-in';
import { Jobs } from '../../platform/jobs/jobs';
import { WebhookDeliveries } from './webhook-deliveries';
import type { WebhookDeliveryRow } from './webhook.entities';
import { WebhookOutbox } from './webhook-outbox';
import { requireAtSites } from './webhook.policy';
import { presentDelivery } from './webhook.presenter';
import { WebhooksRepository } from './webhooks.repository';

const KEPT_DAYS = 30;

type DeliveryView = z.input<typeof webhookDeliverySchema>;

/** The account of what webhooks were told, and messages that somebody asks for. */
@Injectable()
export class WebhookLogService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly webhooks: WebhooksRepository,
    private readonly deliveries: WebhookDeliveries,
    private readonly outbox: WebhookOutbox,
    private readonly audit: Audit,
    jobs: Jobs,
  ) {
    jobs.define('webhooks/forget', {
      schema: z.object({}),
      run: async () => ({ forgotten: await this.deliveries.forget(KEPT_DAYS) }),
      recurrence: { everyMs: 3_600_000 },
    });
  }

  /** Newest first. @throws {AppError} `webhooks/not-found`, `auth/forbidden` */
  async list(
    id: string,
    query: WebhookDeliveriesQuery,
    by: SignedIn,
  ): Promise<z.input<typeof webhookDeliveriesPageSchema>> {
    const { webhook } = await this.webhooks.get(id);
    requireAtSites(by.access, 'webhooks:read', webhook);
    const { items, nextCursor } = await this.deliveries.page(id, query);
    return { items: items.map(presentDelivery), nextCursor };
  }

  /** Sends a message that says nothing, once, even to a webhook that is switched off. */
  test(id: string, by: SignedIn): Promise<DeliveryView> {
    return this.ask(id, by, 'webhook/tested', (manager) => this.deliveries.addTest(manager, id));
  }

  /** Sends a message again. @throws {AppError} `webhooks/delivery-not-found`, `webhooks/delivery-waiting` */
  replay(id: string, deliveryId: string, by: SignedIn): Promise<DeliveryView> {
    return this.ask(id, by, 'webhook/replayed', (manager) => this.deliveries.replay(manager, id, deliveryId));
  }

  private ask(
    id: string,
    by: SignedIn,
    action: `webhook/${string}`,
    add: (manager: EntityManager) => Promise<WebhookDeliveryRow>,
  ): Promise<DeliveryView> {
    return this.dataSource.transaction(async (manager) => {
      const { webhook } = await this.webhooks.get(id, manager);
      requireAtSites(by.access, 'webhooks:write', webhook);
      const delivery = await add(manager);
      await this.audit.record(manager, { by, action, subjectId: id, details: { deliveryId: delivery.id } });
      this.outbox.wake(manager);
      return presentDelivery(delivery);
    });
  }
}
