import { Injectable } from '@nestjs/common';
import type {
  CreateWebhookRequest,
  UpdateWebhookRequest,
  webhookListSchema,
  webhookSchema,
  webhookWithSecretSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/signed-in';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { OutboundNetworks } from '../../platform/http/outbound-networks';
import { AlarmRaiser } from '../alarms/alarm-raiser';
import { clearSignal } from '../alarms/alarm-signals';
import { WebhookDeliveries } from './webhook-deliveries';
import type { WebhookRow } from './webhook.entities';
import { mayAtSites, requireAtSites, requireReadable } from './webhook.policy';
import { presentWebhook } from './webhook.presenter';
import { WebhookSecrets } from './webhook-secrets';
import { WebhooksRepository } from './webhooks.repository';

/** Each costs something at every event. */
const WEBHOOKS_MAX = 50;

type WebhookView = z.input<typeof webhookSchema>;
type WithSecret = z.input<typeof webhookWithSecretSchema>;

/** Webhooks as people see them and set them up. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly webhooks: WebhooksRepository,
    private readonly secrets: WebhookSecrets,
    private readonly deliveries: WebhookDeliveries,
    private readonly outbound: OutboundNetworks,
    private readonly alarms: AlarmRaiser,
    private readonly audit: Audit,
  ) {}

  /** Those that somebody may see: at every one of their sites. */
  async list(by: SignedIn): Promise<z.input<typeof webhookListSchema>> {
    const all = await this.webhooks.list();
    const seen = all.filter(({ webhook }) => mayAtSites(by.access, 'webhooks:read', webhook));
    return { items: seen.map(presentWebhook) };
  }

  /** @throws {AppError} `webhooks/not-found`, `auth/forbidden` */
  async get(id: string, by: SignedIn): Promise<WebhookView> {
    const record = await this.webhooks.get(id);
    requireAtSites(by.access, 'webhooks:read', record.webhook);
    return presentWebhook(record);
  }

  /** Adds a webhook. Its secret is in the answer, this once. */
  async create(request: CreateWebhookRequest, by: SignedIn): Promise<WithSecret> {
    requireAtSites(by.access, 'webhooks:write', request);
    requireReadable(by.access, request);
    this.requireReachable(request.url);
    const id = newId();
    return this.dataSource.transaction(async (manager) => {
      if ((await this.webhooks.countAlone(manager)) >= WEBHOOKS_MAX) throw tooMany();
      await this.requireSites(manager, request.siteIds);
      const unset = { failingSince: null, disabledBecause: null };
      await this.webhooks.insert(manager, { id, ...request, ...unset, createdAt: new Date() });
      const secret = await this.secrets.make(manager, id);
      await this.audit.record(manager, {
        by,
        action: 'webhook/created',
        subjectId: id,
        after: accounted(request),
      });
      return { webhook: presentWebhook(await this.webhooks.get(id, manager)), secret };
    });
  }

  /** Changes what is named. Switching it off gives up what waits; switching it on ends the alarm that it failed. */
  async update(id: string, changes: UpdateWebhookRequest, by: SignedIn): Promise<WebhookView> {
    return this.dataSource.transaction(async (manager) => {
      const before = await this.webhooks.lock(manager, id);
      requireAtSites(by.access, 'webhooks:write', before);
      const after = { ...before, ...changes };
      requireAtSites(by.access, 'webhooks:write', after);
      if (after.enabled) requireReadable(by.access, after);
      if (changes.url !== undefined) this.requireReachable(changes.url);
      await this.requireSites(manager, changes.siteIds ?? null);
      const changed = changedFields(before, changes);
      if (Object.keys(changed).length > 0) {
        await this.webhooks.update(manager, id, {
          ...changed,
          ...(await this.switched(manager, before, changes)),
        });
        await this.audit.record(manager, {
          ...{ by, action: 'webhook/changed', subjectId: id },
          before: accounted(
            Object.fromEntries(Object.keys(changed).map((key) => [key, before[key as keyof WebhookRow]])),
          ),
          after: accounted(changed),
        });
      }
      return presentWebhook(await this.webhooks.get(id, manager));
    });
  }

  /** Removes a webhook with its secrets and the account of its messages. */
  async remove(id: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const webhook = await this.webhooks.lock(manager, id);
      requireAtSites(by.access, 'webhooks:write', webhook);
      await this.webhooks.remove(manager, id);
      await this.alarms.apply(manager, [clearSignal('webhook-failing', id, new Date())]);
      await this.audit.record(manager, {
        by,
        action: 'webhook/deleted',
        subjectId: id,
        before: accounted(webhook),
      });
    });
  }

  /** Makes another secret; the one before signs beside it for 24 hours. It is in the answer, this once. */
  async renewSecret(id: string, by: SignedIn): Promise<WithSecret> {
    return this.dataSource.transaction(async (manager) => {
      const webhook = await this.webhooks.lock(manager, id);
      requireAtSites(by.access, 'webhooks:write', webhook);
      const secret = await this.secrets.make(manager, id);
      await this.audit.record(manager, { by, action: 'webhook/secret-renewed', subjectId: id });
      return { webhook: presentWebhook(await this.webhooks.get(id, manager)), secret };
    });
  }

  private async switched(
    manager: EntityManager,
    before: WebhookRow,
    { enabled }: UpdateWebhookRequest,
  ): Promise<Partial<WebhookRow>> {
    if (enabled === undefined || enabled === before.enabled) return {};
    if (!enabled) {
      await this.deliveries.giveUp(manager, before.id);
      return {};
    }
    await this.alarms.apply(manager, [clearSignal('webhook-failing', before.id, new Date())]);
    return { failingSince: null, disabledBecause: null };
  }

  private requireReachable(url: string): void {
    if (!this.outbound.rulesOut(new URL(url))) return;
    throw new AppError(
      'unprocessable',
      'webhooks/forbidden-address',
      'Webhooks may not reach this address.',
      {
        detail:
          'It is no address of the internet, or not one of https. MUNJIGI_WEBHOOK_NETWORKS names the networks of your own that webhooks may reach.',
      },
    );
  }

  private async requireSites(manager: EntityManager, siteIds: readonly string[] | null): Promise<void> {
    const missing = siteIds === null ? [] : await this.webhooks.missingSites(manager, siteIds);
    if (missing.length === 0) return;
    throw new AppError('unprocessable', 'webhooks/no-such-site', 'There is no such site.', {
      detail: `No site has the id ${missing.join(', ')}.`,
    });
  }
}

function tooMany(): AppError {
  return new AppError('conflict', 'webhooks/too-many', 'There are as many webhooks as there may be.', {
    detail: `There may be ${WEBHOOKS_MAX}. Delete one that nobody needs any more.`,
  });
}

function changedFields(before: WebhookRow, changes: UpdateWebhookRequest): Partial<WebhookRow> {
  return Object.fromEntries(
    Object.entries(changes).filter(
      ([key, value]) => JSON.stringify(before[key as keyof WebhookRow]) !== JSON.stringify(value),
    ),
  );
}

/** For the account: an address' query may be a key to the receiver. */
function accounted(fields: Partial<WebhookRow>): Record<string, unknown> {
  const { name, url, events, siteIds, people, enabled } = fields;
  const told = { name, url: url?.replace(/\?.*$/s, '?…'), events, siteIds, people, enabled };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}
