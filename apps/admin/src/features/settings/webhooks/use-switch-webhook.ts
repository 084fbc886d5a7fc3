'use client';

import type { Webhook } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { webhookKeys, webhooksApi } from './webhooks-api';

/** Switches a webhook on or off, and says what came of it. */
export function useSwitchWebhook() {
  const t = useTranslations('webhooks');
  const toaster = useToaster();
  const cache = useQueryClient();
  const turn = useConfirmedMutation(
    ({ id, enabled }: Webhook) => webhooksApi.update(id, { enabled: !enabled }),
    ({ name, enabled }) => {
      void cache.invalidateQueries({ queryKey: webhookKeys.list });
      if (enabled) toaster.done(t('turnedOn', { name }));
      else toaster.done(t('turnedOff', { name }), t('turnedOffHint'));
    },
  );
  const { mutate } = turn;
  return {
    mutate: useCallback(
      (webhook: Webhook) => mutate(webhook, { onError: toaster.failed }),
      [mutate, toaster],
    ),
  };
}
