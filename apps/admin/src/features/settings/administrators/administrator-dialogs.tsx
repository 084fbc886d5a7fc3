'use client';

import type { AdministratorView } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { administrationKeys, administratorsApi } from '../administration-api';
import { GrantsDialog } from './grants-dialog';
import { InviteAgainDialog } from './invite-again-dialog';

/** What is asked about before it is done. */
const ASKED = {
  suspend: ({ id }: AdministratorView) => administratorsApi.update(id, { suspended: true }),
  reinstate: ({ id }: AdministratorView) => administratorsApi.update(id, { suspended: false }),
  signOut: ({ id }: AdministratorView) => administratorsApi.signOut(id),
  secondFactor: ({ id }: AdministratorView) => administratorsApi.removeSecondFactor(id),
  delete: ({ id }: AdministratorView) => administratorsApi.remove(id),
} as const satisfies Record<string, (administrator: AdministratorView) => Promise<unknown>>;

type Asked = keyof typeof ASKED;

/** What can be done with an administrator of the list. */
export type AdministratorAction = Asked | 'grants' | 'invitation';

interface AdministratorDialogProps {
  readonly action: AdministratorAction;
  readonly administrator: AdministratorView;
  readonly onClose: () => void;
}

/** The dialog of one action. */
export function AdministratorDialog({ action, ...props }: AdministratorDialogProps) {
  if (action === 'grants') return <GrantsDialog {...props} />;
  if (action === 'invitation') return <InviteAgainDialog {...props} />;
  return <AskFirst action={action} {...props} />;
}

function AskFirst(props: {
  readonly action: Asked;
  readonly administrator: AdministratorView;
  readonly onClose: () => void;
}) {
  const { action, administrator, onClose } = props;
  const t = useTranslations('administrators');
  const toaster = useToaster();
  const cache = useQueryClient();
  const act = useConfirmedMutation<unknown>(
    () => ASKED[action](administrator),
    () => {
      void cache.invalidateQueries({ queryKey: administrationKeys.administrators });
      toaster.done(t(`done.${action}`, { email: administrator.email }));
      onClose();
    },
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(`ask.${action}`, { email: administrator.email })}
      description={t(`askHint.${action}`)}
      confirmLabel={t(`action.${action}`)}
      pending={act.isPending}
      onConfirm={() =>
        act.mutate(undefined, {
          onError: (error) => {
            toaster.failed(error);
            onClose();
          },
        })
      }
    />
  );
}
