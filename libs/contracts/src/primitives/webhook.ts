import * as z from 'zod';
import { WEBHOOK_EVENTS, WEBHOOK_PEOPLE } from '../words';

export const webhookEventSchema = z.enum(WEBHOOK_EVENTS);

/** What is said of people: nothing, their ids, or their names too. */
export const webhookPeopleSchema = z.enum(WEBHOOK_PEOPLE);

/** `waiting`: for its first or its next attempt. `failed`: given up; it can be sent again. */
export const webhookDeliveryStateSchema = z.enum(['waiting', 'delivered', 'failed']);

/** Why an attempt failed, apart from the receiver's status. */
export const webhookFaultSchema = z.enum([
  /** The address is none that a webhook may reach, or its name leads to one. */
  'forbidden-address',
  'unknown-host',
  'unreachable',
  'timeout',
  'tls',
  /** The receiver answered with a redirection; none is followed. */
  'redirected',
  /** The receiver answered with another status than 2xx. */
  'refused',
  /** What it was about is not kept any more. */
  'gone',
]);

export type WebhookEvent = z.infer<typeof webhookEventSchema>;
export type WebhookPeople = z.infer<typeof webhookPeopleSchema>;
export type WebhookDeliveryState = z.infer<typeof webhookDeliveryStateSchema>;
export type WebhookFault = z.infer<typeof webhookFaultSchema>;
