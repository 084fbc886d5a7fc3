'use client';

import type { WebhookDelivery } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** What the events are called in the messages, whose names have no dots. */
const NAMES = {
  'access.granted': 'accessGranted',
  'access.denied': 'accessDenied',
  'door.event': 'doorEvent',
  'alarm.raised': 'alarmRaised',
  'alarm.acknowledged': 'alarmAcknowledged',
  'alarm.resolved': 'alarmResolved',
  'webhook.test': 'webhookTest',
} as const satisfies Record<WebhookDelivery['event'], string>;

/** Gives what webhooks are told of its name in the reader's language. */
export function useEventName(): (event: WebhookDelivery['event']) => string {
  const t = useTranslations('webhooks');
  return useCallback((event) => t(`event.${NAMES[event]}`), [t]);
}
