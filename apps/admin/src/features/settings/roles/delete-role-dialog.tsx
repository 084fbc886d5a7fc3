'use client';

import type { Role } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { administrationKeys, rolesApi } from '../administration-api';

/** Asks before a role that was made here is deleted. */
export function DeleteRoleDialog({ role, onClose }: { readonly role: Role; readonly onClose: () => void }) {
  const t = useTranslations('roles');
  const toaster = useToaster();
  const cache = useQueryClient();
  const remove = useConfirmedMutation(
    () => rolesApi.remove(role.id),
    () => {
      void cache.invalidateQueries({ queryKey: administrationKeys.roles });
      toaster.done(t('deleted', { name: role.name }));
      onClose();
    },
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('deleteTitle', { name: role.name })}
      description={t('deleteHint')}
      confirmLabel={t('delete')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(undefined, {
          onError: (error) => {
            toaster.failed(error);
            onClose();
          },
        })
      }
    />
  );
}
