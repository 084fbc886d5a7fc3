'use client';

import type { AdministratorView } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { administrationKeys, administratorsApi } from '../administration-api';
import { type Grants, GrantsField } from './grants-field';

interface GrantsDialogProps {
  readonly administrator: AdministratorView;
  readonly onClose: () => void;
}

/** Sets which roles somebody has, and where. */
export function GrantsDialog({ administrator, onClose }: GrantsDialogProps) {
  const t = useTranslations('administrators');
  const common = useTranslations('common');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [grants, setGrants] = useState<Grants>(() =>
    administrator.grants.map(({ role, site }) => ({ roleId: role.id, siteId: site?.id ?? null })),
  );
  const replace = useConfirmedMutation(
    () => administratorsApi.replaceGrants(administrator.id, { grants }),
    () => {
      void cache.invalidateQueries({ queryKey: administrationKeys.administrators });
      void cache.invalidateQueries({ queryKey: administrationKeys.roles });
      toaster.done(t('granted', { email: administrator.email }));
      onClose();
    },
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('action.grants')}
      description={administrator.email}
      className="sm:w-[32rem]"
    >
      <div className="grid gap-4 px-5 pt-1 pb-5">
        <GrantsField value={grants} onChange={setGrants} />
        <Refusal error={replace.error} />
      </div>
      <DialogFooter>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button variant="primary" pending={replace.isPending} onClick={() => replace.mutate()}>
          {common('save')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
