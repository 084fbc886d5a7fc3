import { Injectable } from '@nestjs/common';
import type { WebhookAttempt, WebhookDeliveriesQuery } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../../platform/database/cursor';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { WebhookDeliveryRow } from './webhook.entities';

const cursorSchema = z.tuple([z.iso.datetime(), z.uuid()]);

/** Attempts of which the account is kept. */
const ATTEMPTS_KEPT = 20;

/** The only place that reads and writes deliveries, but for their announcing. Their times are the database's. */
@Injectable()
export class WebhookDeliveries {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes the delivery that has been due longest; nobody else gets it for `leaseMs`, after which it is anybody's.
   *
   * @param busy webhooks that have enough under way
   */
  async claim(busy: readonly string[], leaseMs: number): Promise<WebhookDeliveryRow | null> {
    const [rows] = await this.dataSource.query<[{ id: string }[], number]>(CLAIM, [busy, leaseMs / 1000]);
    return rows[0] ? this.dataSource.manager.findOneBy(WebhookDeliveryRow, { id: rows[0].id }) : null;
  }

  /** Gives back what was taken and not tried. */
  async release(id: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE webhook_delivery SET due_at = now(), attempt_count = attempt_count - 1 WHERE id = $1',
      [id],
    );
  }

  /** Notes an attempt and what follows: delivered, given up, or another after so many ms. */
  async note(
    manager: EntityManager,
    id: string,
    attempt: WebhookAttempt,
    next: 'delivered' | 'failed' | number,
  ): Promise<void> {
    const [state, delayMs] = typeof next === 'number' ? ['waiting', next] : [next, 0];
    await manager.query(
      `UPDATE webhook_delivery SET state = $2, due_at = now() + make_interval(secs => $3),
         attempts = jsonb_path_query_array(jsonb_build_array($4::jsonb) || attempts, '$[0 to ${ATTEMPTS_KEPT - 1}]')
       WHERE id = $1`,
      [id, state, delayMs / 1000, JSON.stringify(attempt)],
    );
  }

  /** Gives up what waits for a webhook. */
  async giveUp(manager: EntityManager, webhookId: string): Promise<void> {
    await manager.query(
      `UPDATE webhook_delivery SET state = 'failed' WHERE webhook_id = $1 AND state = 'waiting'
         AND event <> 'webhook.test'`,
      [webhookId],
    );
  }

  /** Asks for a message that says nothing but that it works. */
  async addTest(manager: EntityManager, webhookId: string): Promise<WebhookDeliveryRow> {
    const [id, now] = [newId(), new Date()];
    await manager.insert(WebhookDeliveryRow, {
      ...{ id, webhookId, event: 'webhook.test', subjectId: null, state: 'waiting' },
      ...{ createdAt: now, requestedAt: now, dueAt: now, attemptCount: 0, attempts: [] },
    });
    return this.get(manager, webhookId, id);
  }

  /** Asks for a delivery again. @throws {AppError} `webhooks/delivery-not-found`, `webhooks/delivery-waiting` */
  async replay(manager: EntityManager, webhookId: string, id: string): Promise<WebhookDeliveryRow> {
    const { state } = await this.get(manager, webhookId, id);
    if (state === 'waiting') {
      throw new AppError('conflict', 'webhooks/delivery-waiting', 'This message is on its way.', {
        detail: 'It is tried again by itself.',
      });
    }
    await manager.query(
      `UPDATE webhook_delivery SET state = 'waiting', requested_at = now(), due_at = now(), attempt_count = 0
       WHERE id = $1`,
      [id],
    );
    return this.get(manager, webhookId, id);
  }

  /** Newest first. */
  async page(
    webhookId: string,
    { limit, cursor, state }: WebhookDeliveriesQuery,
  ): Promise<{ items: WebhookDeliveryRow[]; nextCursor: string | null }> {
    const builder = this.dataSource.manager
      .createQueryBuilder(WebhookDeliveryRow, 'delivery')
      .where('delivery.webhookId = :webhookId', { webhookId })
      .orderBy('delivery.createdAt', 'DESC')
      .addOrderBy('delivery.id', 'DESC')
      .limit(limit + 1);
    if (state !== undefined) builder.andWhere('delivery.state = :state', { state });
    if (cursor !== undefined) {
      const [at, id] = decodeCursor(cursor, cursorSchema);
      builder.andWhere('(delivery.createdAt, delivery.id) < (:at, :id)', { at: new Date(at), id });
    }
    const rows = await builder.getMany();
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const more = rows.length > limit && last !== undefined;
    return { items, nextCursor: more ? encodeCursor([last.createdAt.toISOString(), last.id]) : null };
  }

  /** Forgets what is older than so many days. @returns how many */
  async forget(days: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'DELETE FROM webhook_delivery WHERE created_at < now() - make_interval(days => $1)',
      [days],
    );
    return count;
  }

  private async get(manager: EntityManager, webhookId: string, id: string): Promise<WebhookDeliveryRow> {
    const found = await manager.findOneBy(WebhookDeliveryRow, { id, webhookId });
    if (found) return found;
    throw new AppError('not-found', 'webhooks/delivery-not-found', 'There is no such message.', {
      detail: 'Messages are kept for 30 days.',
    });
  }
}

const CLAIM = `
  UPDATE webhook_delivery SET due_at = now() + make_interval(secs => $2), attempt_count = attempt_count + 1
  WHERE id = (
    SELECT delivery.id FROM webhook_delivery AS delivery JOIN webhook ON webhook.id = delivery.webhook_id
    WHERE delivery.state = 'waiting' AND delivery.due_at <= now() AND webhook.id <> ALL($1::uuid[])
      AND (webhook.enabled OR delivery.event = 'webhook.test')
    ORDER BY delivery.due_at LIMIT 1 FOR UPDATE OF delivery SKIP LOCKED)
  RETURNING id`;
