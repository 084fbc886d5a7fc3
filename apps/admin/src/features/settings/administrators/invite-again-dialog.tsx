'use client';

import type { AdministratorView } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { useConfirmedMutation } from '../../auth/step-up';
import { administrationKeys, administratorsApi } from '../administration-api';
import { InvitationLink } from './invitation-link';

interface InviteAgainDialogProps {
  readonly administrator: AdministratorView;
  readonly onClose: () => void;
}

/** Makes a new invitation, for somebody whose link is too old or who forgot their password. */
export function InviteAgainDialog({ administrator, onClose }: InviteAgainDialogProps) {
  const t = useTranslations('administrators');
  const common = useTranslations('common');
  const cache = useQueryClient();
  const invite = useConfirmedMutation(
    () => administratorsApi.inviteAgain(administrator.id),
    () => cache.invalidateQueries({ queryKey: administrationKeys.administrators }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={invite.data ? t('invited') : t('inviteAgainTitle', { email: administrator.email })}
      description={invite.data ? t('invitedHint') : t('inviteAgainHint')}
    >
      {invite.data ? (
        <InvitationLink invitation={invite.data.invitation} onClose={onClose} />
      ) : (
        <>
          <div className="px-5 pb-4">
            <Refusal error={invite.error} />
          </div>
          <DialogFooter>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button variant="primary" pending={invite.isPending} onClick={() => invite.mutate()}>
              {t('action.invitation')}
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
