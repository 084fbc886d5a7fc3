import * as z from 'zod';
import { siteIdSchema, webhookDeliveryIdSchema, webhookIdSchema } from '../primitives/ids';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import { instantSchema, placeNameSchema } from '../primitives/scalars';
import {
  webhookDeliveryStateSchema,
  webhookEventSchema,
  webhookFaultSchema,
  webhookPeopleSchema,
} from '../primitives/webhook';

const eventsSchema = z
  .array(webhookEventSchema)
  .min(1)
  .max(20)
  .transform((events) => [...new Set(events)]);

/** Of these sites; null: of all, and of what belongs to none. */
const siteIdsSchema = z
  .array(siteIdSchema)
  .min(1)
  .max(500)
  .transform((siteIds) => [...new Set(siteIds)])
  .nullable();

/** Where messages are sent: no user and no password in it, and no fragment. */
export const webhookUrlSchema = z
  .string()
  .max(2_000)
  .refine(isPlainUrl, 'must be an address such as https://example.com/hook, with no user and no fragment');

/** Somebody's server that is told what happens. */
export const webhookSchema = z.object({
  id: webhookIdSchema,
  name: placeNameSchema,
  url: z.string(),
  events: z.array(webhookEventSchema),
  siteIds: z.array(siteIdSchema).nullable(),
  people: webhookPeopleSchema,
  enabled: z.boolean(),
  /** Since when every attempt has failed; null while they succeed, or nothing was sent. */
  failingSince: instantSchema.nullable(),
  /** Why the server itself has switched it off; null when it is on, or somebody has. */
  disabledBecause: z.enum(['failing', 'gone']).nullable(),
  /** The secrets that messages are signed with, newest first; an older one until it ends. */
  secrets: z.array(z.object({ createdAt: instantSchema, expiresAt: instantSchema.nullable() })),
  createdAt: instantSchema,
});

/** `GET /api/webhooks`: every one that you may see. */
export const webhookListSchema = z.object({ items: z.array(webhookSchema) });

/** `POST /api/webhooks` */
export const createWebhookRequestSchema = z.object({
  name: placeNameSchema,
  url: webhookUrlSchema,
  events: eventsSchema,
  siteIds: siteIdsSchema.default(null),
  people: webhookPeopleSchema.default('none'),
  enabled: z.boolean().default(true),
});

/** `PATCH /api/webhooks/{id}`: what is named, and nothing else. */
export const updateWebhookRequestSchema = z
  .object({
    name: placeNameSchema,
    url: webhookUrlSchema,
    events: eventsSchema,
    siteIds: siteIdsSchema,
    people: webhookPeopleSchema,
    enabled: z.boolean(),
  })
  .partial();

/** The answer to a new webhook, and to `POST /api/webhooks/{id}/secret`: the secret is shown this once. */
export const webhookWithSecretSchema = z.object({
  webhook: webhookSchema,
  /** `whsec_` and the key in base64, as libraries for standard webhooks take it. */
  secret: z.string(),
});

/** One attempt at a delivery. */
export const webhookAttemptSchema = z.object({
  at: instantSchema,
  /** The receiver's status; null when there was no answer. */
  status: z.int().nullable(),
  durationMs: z.int().nonnegative(),
  fault: webhookFaultSchema.nullable(),
  /** The beginning of the receiver's answer: 500 characters at most. */
  excerpt: z.string().nullable(),
});

/** One message to one webhook, and how it went. */
export const webhookDeliverySchema = z.object({
  id: webhookDeliveryIdSchema,
  event: z.union([webhookEventSchema, z.literal('webhook.test')]),
  /** The event or the alarm that it is about; null for a test. */
  subjectId: z.uuid().nullable(),
  state: webhookDeliveryStateSchema,
  createdAt: instantSchema,
  /** When it is tried next; null when it is not. */
  nextAttemptAt: instantSchema.nullable(),
  attemptCount: z.int().nonnegative(),
  /** The latest attempts, newest first. */
  attempts: z.array(webhookAttemptSchema),
});

/** `GET /api/webhooks/{id}/deliveries`: newest first; kept for 30 days. */
export const webhookDeliveriesQuerySchema = pageQuerySchema.extend({
  state: webhookDeliveryStateSchema.optional(),
});
export const webhookDeliveriesPageSchema = pageSchema(webhookDeliverySchema);

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== '' && `${username}${password}${hash}` === '';
}

export type Webhook = z.infer<typeof webhookSchema>;
export type CreateWebhookRequest = z.infer<typeof createWebhookRequestSchema>;
export type UpdateWebhookRequest = z.infer<typeof updateWebhookRequestSchema>;
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;
export type WebhookDeliveriesQuery = z.infer<typeof webhookDeliveriesQuerySchema>;
export type WebhookAttempt = z.infer<typeof webhookAttemptSchema>;
