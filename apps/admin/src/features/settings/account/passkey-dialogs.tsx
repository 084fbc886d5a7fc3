'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useToaster } from '@/components/ui/toast';
import { makePasskey } from '@/lib/passkeys/passkeys';
import { accountApi, accountKeys } from '../../auth/account-api';
import { useConfirmedMutation } from '../../auth/step-up';
import { NameDialog } from '../name-dialog';

/** Makes a passkey on this device, under a name to know it by. */
export function AddPasskeyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const cache = useQueryClient();
  const toaster = useToaster();
  const add = useConfirmedMutation(
    async (name: string) =>
      accountApi.addPasskey({ ...(await makePasskey(await accountApi.offerPasskey())), name }),
    ({ name }) => {
      void cache.invalidateQueries({ queryKey: accountKeys.passkeys });
      toaster.done(t('passkeys.added', { name }));
      onClose();
    },
  );
  return (
    <NameDialog
      title={t('passkeys.addTitle')}
      description={t('passkeys.addHint')}
      label={t('passkeys.name')}
      initial=""
      submitLabel={t('passkeys.submit')}
      action={add}
      onClose={onClose}
    />
  );
}

/** Gives a passkey another name. */
export function RenamePasskeyDialog(props: {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const cache = useQueryClient();
  const rename = useConfirmedMutation(
    (name: string) => accountApi.renamePasskey(props.id, name),
    () => {
      void cache.invalidateQueries({ queryKey: accountKeys.passkeys });
      props.onClose();
    },
  );
  return (
    <NameDialog
      title={t('passkeys.rename', { name: props.name })}
      label={t('passkeys.name')}
      initial={props.name}
      submitLabel={common('save')}
      action={rename}
      onClose={props.onClose}
    />
  );
}
