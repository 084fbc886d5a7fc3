'use client';

import type { ApiTokenView } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
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
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('revokeTitle', { name: token.name })}
      description={t('revokeHint')}
      confirmLabel={t('revoke')}
      pending={revoke.isPending}
      onConfirm={() =>
        revoke.mutate(undefined, {
          onError: (error) => {
            toaster.failed(error);
            onClose();
          },
        })
      }
    />
  );
}
