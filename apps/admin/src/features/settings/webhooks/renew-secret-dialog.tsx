'use client';

import type { Webhook } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { useConfirmedMutation } from '../../auth/step-up';
import { SecretDialog } from './secret-dialog';
import { webhookKeys, webhooksApi } from './webhooks-api';

interface RenewSecretDialogProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Asks before a webhook gets another secret, then shows it this once. */
export function RenewSecretDialog({ webhook, onClose }: RenewSecretDialogProps) {
  const t = useTranslations('webhooks');
  const cache = useQueryClient();
  const renew = useConfirmedMutation(
    () => webhooksApi.renewSecret(webhook.id),
    () => cache.invalidateQueries({ queryKey: webhookKeys.list }),
  );
  if (renew.data) return <SecretDialog secret={renew.data.secret} onClose={onClose} />;
  return (
    <ConfirmAction
      title={t('renewTitle', { name: webhook.name })}
      description={t('renewHint')}
      confirmLabel={t('renew')}
      action={renew}
      onClose={onClose}
    />
  );
}
