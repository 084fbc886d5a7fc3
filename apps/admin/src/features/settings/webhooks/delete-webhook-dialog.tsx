'use client';

import type { Webhook } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { webhookKeys, webhooksApi } from './webhooks-api';

interface DeleteWebhookDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Asks before a webhook and its log are deleted. */
export function DeleteWebhookDialog({ webhook, onClose }: DeleteWebhookDialogProps) {
  const t = useTranslations('webhooks');
  const toaster = useToaster();
  const cache = useQueryClient();
  const remove = useConfirmedMutation(
    () => webhooksApi.remove(webhook.id),
    () => {
      void cache.invalidateQueries({ queryKey: webhookKeys.list });
      toaster.done(t('deleted', { name: webhook.name }));
      onClose();
    },
  );
  return (
    <ConfirmAction
      title={t('deleteTitle', { name: webhook.name })}
      description={t('deleteHint')}
      confirmLabel={t('delete')}
      action={remove}
      onClose={onClose}
    />
  );
}
