'use client';

import type { ApiTokenView } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { administrationKeys, tokensApi } from '../administration-api';

interface RevokeTokenDialogProps {
  readonly token: ApiTokenView;
  readonly onClose: () => void;
}

/** Asks before a token is ended. */
export function RevokeTokenDialog({ token, onClose }: RevokeTokenDialogProps) {
  const t = useTranslations('tokens');
  const toaster = useToaster();
  const cache = useQueryClient();
  const revoke = useConfirmedMutation(
    () => tokensApi.revoke(token.id),
    () => {
      void cache.invalidateQueries({ queryKey: administrationKeys.tokens });
      toaster.done(t('revoked', { name: token.name }));
      onClose();
    },
  );
  return (
    <ConfirmAction
      title={t('revokeTitle', { name: token.name })}
      description={t('revokeHint')}
      confirmLabel={t('revoke')}
      action={revoke}
      onClose={onClose}
    />
  );
}
