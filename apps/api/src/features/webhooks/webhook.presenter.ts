import type { webhookDeliverySchema, webhookSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { WebhookDeliveryRow, WebhookRow, WebhookSecret } from './webhook.entities';

/** A webhook, and the secrets that sign for it, newest first. */
export interface WebhookRecord {
  readonly webhook: WebhookRow;
  readonly secrets: readonly Pick<WebhookSecret, 'createdAt' | 'expiresAt'>[];
}

/** A webhook as the wire has it; of its secrets only how old they are. */
export function presentWebhook({ webhook, secrets }: WebhookRecord): z.input<typeof webhookSchema> {
  const { id, name, url, events, siteIds, people, enabled, disabledBecause } = webhook;
  return {
    ...{ id, name, url, events, siteIds, people, enabled, disabledBecause },
    failingSince: webhook.failingSince?.toISOString() ?? null,
    secrets: secrets.map(({ createdAt, expiresAt }) => ({
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
    createdAt: webhook.createdAt.toISOString(),
  };
}

/** A delivery as the wire has it. */
export function presentDelivery(row: WebhookDeliveryRow): z.input<typeof webhookDeliverySchema> {
  const { id, event, subjectId, state, attemptCount, attempts } = row;
  return {
    ...{ id, event, subjectId, state, attemptCount, attempts },
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: state === 'waiting' ? row.dueAt.toISOString() : null,
  };
}
