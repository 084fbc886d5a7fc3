import { Injectable } from '@nestjs/common';
import type { WebhookAttempt } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import { systemActor } from '../../platform/audit/actor';
import { OutboundNetworks } from '../../platform/http/outbound-networks';
import { retryDelayMs } from '../../platform/jobs/retry-delay';
import { AlarmRaiser } from '../alarms/alarm-raiser';
import { clearSignal, raiseSignal } from '../alarms/alarm-signals';
import { signatureHeaders } from './sign-message';
import { WebhookDeliveries } from './webhook-deliveries';
import { WebhookDeliveryRow, WebhookRow } from './webhook.entities';
import { WebhookMessages } from './webhook-messages';
import { postOnce } from './webhook-request';
import { WebhookSecrets } from './webhook-secrets';

const HOUR_MS = 3_600_000;
/** For all of an attempt. */
const ATTEMPT_TIMEOUT_MS = 10_000;
/** A message is given up a day after it was asked for. */
const GIVE_UP_MS = 24 * HOUR_MS;
/** A webhook that has failed at every attempt for so long is switched off. */
const SWITCH_OFF_MS = 3 * 24 * HOUR_MS;
const RETRY = { baseMs: 10_000, capMs: HOUR_MS };
/** The receiver says that it is no more. */
const GONE = 410;

/** Tries to deliver messages, and draws the conclusions. */
@Injectable()
export class WebhookSending {
  constructor(
    private readonly dataSource: DataSource,
    private readonly deliveries: WebhookDeliveries,
    private readonly messages: WebhookMessages,
    private readonly secrets: WebhookSecrets,
    private readonly outbound: OutboundNetworks,
    private readonly alarms: AlarmRaiser,
    private readonly audit: Audit,
    private readonly logger: PinoLogger,
  ) {}

  /** Makes one attempt, and writes down how it went. */
  async attempt(delivery: WebhookDeliveryRow, stopped: AbortSignal): Promise<void> {
    const webhook = await this.dataSource.manager.findOneBy(WebhookRow, { id: delivery.webhookId });
    if (!webhook) return;
    const message = await this.messages.of(delivery, webhook);
    const attempt = message
      ? await this.post(delivery, webhook, JSON.stringify(message), stopped)
      : { ...NOTHING_TO_SAY, at: new Date().toISOString() };
    if (!attempt) return this.deliveries.release(delivery.id);
    const { status, fault, durationMs } = attempt;
    this.logger.debug(
      { webhookId: webhook.id, deliveryId: delivery.id, status, fault, durationMs },
      'webhook was called',
    );
    await this.dataSource.transaction((manager) => this.conclude(manager, delivery, attempt));
  }

  private async post(
    { id }: WebhookDeliveryRow,
    { id: webhookId, url }: WebhookRow,
    body: string,
    stopped: AbortSignal,
  ): Promise<WebhookAttempt | null> {
    const keys = await this.secrets.open(this.dataSource.manager, webhookId);
    const signed = signatureHeaders({ id, at: new Date(), body }, keys);
    for (const key of keys) key.fill(0);
    const headers = { ...signed, 'content-type': 'application/json', 'user-agent': 'Munjigi' };
    return postOnce({ url, headers, body, timeoutMs: ATTEMPT_TIMEOUT_MS, stopped }, this.outbound);
  }

  private async conclude(
    manager: EntityManager,
    delivery: WebhookDeliveryRow,
    attempt: WebhookAttempt,
  ): Promise<void> {
    // As it is now, held until the conclusion is drawn: somebody may have changed it meanwhile.
    const webhook = await manager.findOne(WebhookRow, {
      where: { id: delivery.webhookId },
      lock: { mode: 'for_no_key_update' },
    });
    if (!webhook) return;
    await this.deliveries.note(manager, delivery.id, attempt, nextOf(delivery, webhook, attempt));
    if (attempt.fault === null) return this.works(manager, webhook);
    // A test says that something is wrong to whoever asked, who is there; so does what is gone, to nobody.
    if (delivery.event === 'webhook.test' || attempt.fault === 'gone') return;
    const since = webhook.failingSince ?? new Date(attempt.at);
    if (webhook.failingSince === null)
      await manager.update(WebhookRow, { id: webhook.id }, { failingSince: since });
    const failedLong = Date.parse(attempt.at) - since.getTime() >= SWITCH_OFF_MS;
    if (webhook.enabled && (failedLong || attempt.status === GONE))
      await this.switchOff(manager, webhook, failedLong ? 'failing' : 'gone');
  }

  private async works(manager: EntityManager, webhook: WebhookRow): Promise<void> {
    if (webhook.failingSince === null) return;
    await manager.update(WebhookRow, { id: webhook.id }, { failingSince: null });
    await this.alarms.apply(manager, [clearSignal('webhook-failing', webhook.id, new Date())]);
  }

  private async switchOff(
    manager: EntityManager,
    webhook: WebhookRow,
    why: 'failing' | 'gone',
  ): Promise<void> {
    const { id, name } = webhook;
    await manager.update(WebhookRow, { id }, { enabled: false, disabledBecause: why });
    await this.deliveries.giveUp(manager, id);
    await this.alarms.apply(manager, [
      raiseSignal('webhook-failing', { subjectId: id }, new Date(), { webhookId: id, name, why }),
    ]);
    await this.audit.record(manager, {
      by: systemActor('webhooks'),
      action: 'webhook/switched-off',
      subjectId: id,
      before: { enabled: true },
      after: { enabled: false },
      details: { why },
    });
  }
}

const NOTHING_TO_SAY = { status: null, durationMs: 0, fault: 'gone', excerpt: null } as const;

function nextOf(
  { requestedAt, attemptCount, event }: WebhookDeliveryRow,
  { enabled }: WebhookRow,
  { fault, at }: WebhookAttempt,
): 'delivered' | 'failed' | number {
  if (fault === null) return 'delivered';
  if (fault === 'gone' || event === 'webhook.test' || !enabled) return 'failed';
  const delayMs = retryDelayMs(attemptCount, Math.random, RETRY);
  return Date.parse(at) + delayMs - requestedAt.getTime() > GIVE_UP_MS ? 'failed' : delayMs;
}
