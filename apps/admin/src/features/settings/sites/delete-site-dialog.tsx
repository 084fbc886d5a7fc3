'use client';

import type { Site } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToaster } from '@/components/ui/toast';
import { accessKeys } from '../../access/access-api';
import { sitesApi } from '../administration-api';

/** Asks before a site is deleted. */
export function DeleteSiteDialog({ site, onClose }: { readonly site: Site; readonly onClose: () => void }) {
  const t = useTranslations('sites');
  const toaster = useToaster();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => sitesApi.remove(site.id),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: accessKeys.sites });
      toaster.done(t('deleted', { name: site.name }));
    },
    onError: toaster.failed,
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('deleteTitle', { name: site.name })}
      description={t('deleteHint')}
      confirmLabel={t('delete')}
      pending={remove.isPending}
      onConfirm={() => remove.mutate()}
    />
  );
}
