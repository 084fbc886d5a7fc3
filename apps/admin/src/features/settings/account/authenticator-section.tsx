'use client';

import type { Account } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { LifeBuoy, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToaster } from '@/components/ui/toast';
import { lazyPart } from '@/lib/lazy-part';
import { accountApi, accountKeys } from '../../auth/account-api';
import { useConfirmedMutation } from '../../auth/step-up';
import { Section, SectionRow } from '../section';

const RecoveryCodesDialog = lazyPart(() => import('./recovery-codes').then((m) => m.RecoveryCodesDialog));
const AuthenticatorDialog = lazyPart(() =>
  import('./authenticator-dialog').then((m) => m.AuthenticatorDialog),
);

/** Fewer recovery codes than this are few. */
const CODES_FEW = 4;

type Open = 'none' | 'adding' | 'removing' | 'renewing';

/** The second factor beside the password: an authenticator app, and codes for when it is not at hand. */
export function AuthenticatorSection({ account }: { readonly account: Account }) {
  const t = useTranslations('account');
  const [open, setOpen] = useState<Open>('none');
  const close = () => setOpen('none');
  const left = account.recoveryCodesLeft;
  return (
    <Section title={t('authenticator.title')} hint={t('authenticator.hint')}>
      <SectionRow
        icon={<Smartphone />}
        title={
          <>
            {t('authenticator.app')}
            <Badge tone={account.secondFactor ? 'granted' : 'caution'}>
              {t(account.secondFactor ? 'authenticator.on' : 'authenticator.off')}
            </Badge>
          </>
        }
        note={t(account.secondFactor ? 'authenticator.onNote' : 'authenticator.offNote')}
      >
        {account.secondFactor ? (
          <Button onClick={() => setOpen('removing')}>{t('authenticator.remove')}</Button>
        ) : (
          <Button variant="primary" onClick={() => setOpen('adding')}>
            {t('authenticator.add')}
          </Button>
        )}
      </SectionRow>
      {account.secondFactor && (
        <SectionRow
          icon={<LifeBuoy />}
          title={
            <>
              {t('recovery.title')}
              <Badge tone={left < CODES_FEW ? 'caution' : 'plain'}>
                {t('recovery.left', { count: left })}
              </Badge>
            </>
          }
          note={t('recovery.note')}
        >
          <Button onClick={() => setOpen('renewing')}>{t('recovery.renew')}</Button>
        </SectionRow>
      )}
      {open === 'adding' && <AuthenticatorDialog onClose={close} />}
      {open === 'removing' && <RemoveDialog onClose={close} />}
      {open === 'renewing' && <RecoveryCodesDialog onClose={close} />}
    </Section>
  );
}

function RemoveDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const toaster = useToaster();
  const cache = useQueryClient();
  const remove = useConfirmedMutation(accountApi.removeAuthenticator, () => {
    void cache.invalidateQueries({ queryKey: accountKeys.account });
    toaster.done(t('authenticator.removed'));
    onClose();
  });
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('authenticator.removeTitle')}
      description={t('authenticator.removeHint')}
      confirmLabel={t('authenticator.remove')}
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
