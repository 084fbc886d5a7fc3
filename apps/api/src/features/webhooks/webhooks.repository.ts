import { Injectable } from '@nestjs/common';
import { DataSource, In, type EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import { WebhookRow, WebhookSecret } from './webhook.entities';
import type { WebhookRecord } from './webhook.presenter';

/** The only place that reads and writes webhooks, but for what their sending says of them. */
@Injectable()
export class WebhooksRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Oldest first. */
  async list(): Promise<WebhookRecord[]> {
    const { manager } = this.dataSource;
    return this.withSecrets(
      manager,
      await manager.find(WebhookRow, { order: { createdAt: 'ASC', id: 'ASC' } }),
    );
  }

  /** @throws {AppError} `webhooks/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<WebhookRecord> {
    const [record] = await this.withSecrets(manager, await manager.findBy(WebhookRow, { id }));
    if (!record) throw notFound();
    return record;
  }

  /** A webhook that nobody else changes until the transaction ends. @throws {AppError} `webhooks/not-found` */
  async lock(manager: EntityManager, id: string): Promise<WebhookRow> {
    const found = await manager.findOne(WebhookRow, { where: { id }, lock: { mode: 'for_no_key_update' } });
    if (!found) throw notFound();
    return found;
  }

  /** How many there are; nobody adds one until the transaction ends. */
  async countAlone(manager: EntityManager): Promise<number> {
    await manager.query('LOCK TABLE webhook IN SHARE ROW EXCLUSIVE MODE');
    return manager.count(WebhookRow);
  }

  async insert(manager: EntityManager, webhook: WebhookRow): Promise<void> {
    await manager.insert(WebhookRow, webhook);
  }

  async update(manager: EntityManager, id: string, changes: Partial<WebhookRow>): Promise<void> {
    await manager.update(WebhookRow, { id }, changes);
  }

  async remove(manager: EntityManager, id: string): Promise<void> {
    await manager.delete(WebhookRow, { id });
  }

  /** Those of the sites that there are not. */
  async missingSites(manager: EntityManager, siteIds: readonly string[]): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      'SELECT id FROM unnest($1::uuid[]) AS id WHERE id NOT IN (SELECT id FROM site)',
      [siteIds],
    );
    return rows.map(({ id }) => id);
  }

  private async withSecrets(
    manager: EntityManager,
    webhooks: readonly WebhookRow[],
  ): Promise<WebhookRecord[]> {
    const secrets = await manager.find(WebhookSecret, {
      select: { id: true, webhookId: true, createdAt: true, expiresAt: true },
      where: { webhookId: In(webhooks.map(({ id }) => id)) },
      order: { createdAt: 'DESC' },
    });
    const now = new Date();
    const holds = ({ expiresAt }: WebhookSecret) => expiresAt === null || expiresAt > now;
    return webhooks.map((webhook) => ({
      webhook,
      secrets: secrets.filter((secret) => secret.webhookId === webhook.id && holds(secret)),
    }));
  }
}

function notFound(): AppError {
  return new AppError('not-found', 'webhooks/not-found', 'There is no such webhook.');
}
