import * as z from 'zod';
import { alarmSchema } from './alarms';
import { doorEventSchema } from './door-events';
import { accessEventSchema } from './events';
import { doorIdSchema, personIdSchema, siteIdSchema, webhookIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';

/** A visit. `person` is there when the webhook asks for people and somebody was recognised, `name` when for names. */
const accessDataSchema = accessEventSchema
  .pick({ id: true, occurredAt: true, receivedAt: true, outcome: true, reason: true })
  .extend({
    door: z.object({ id: doorIdSchema, name: z.string() }),
    siteId: siteIdSchema,
    person: z.object({ id: personIdSchema, name: z.string().nullable().optional() }).nullable().optional(),
  });

/** An alarm as it is when it is sent. Who handled it is not said. */
const alarmDataSchema = alarmSchema.pick({
  id: true,
  kind: true,
  severity: true,
  state: true,
  site: true,
  door: true,
  raisedAt: true,
  lastAt: true,
  count: true,
});

const messageOf = <K extends string, D extends z.ZodType>(type: K, data: D) =>
  z.object({ type: z.literal(type), timestamp: instantSchema, data });

/**
 * The body of a request to a webhook, signed as standardwebhooks.com has it. `timestamp` says when it happened. A
 * message may come more than once, with the same `webhook-id` header, and in any order. Version 1; what is added is
 * optional.
 */
export const webhookMessageSchema = z.discriminatedUnion('type', [
  messageOf('access.granted', accessDataSchema),
  messageOf('access.denied', accessDataSchema),
  messageOf('door.event', doorEventSchema),
  messageOf('alarm.raised', alarmDataSchema),
  messageOf('alarm.acknowledged', alarmDataSchema),
  messageOf('alarm.resolved', alarmDataSchema),
  messageOf('webhook.test', z.object({ webhookId: webhookIdSchema })),
]);

export type WebhookMessage = z.infer<typeof webhookMessageSchema>;
