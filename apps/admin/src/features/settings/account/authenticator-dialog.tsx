'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { confirmSecondFactorRequestSchema } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { accountApi, accountKeys } from '../../auth/account-api';
import { useConfirmedMutation } from '../../auth/step-up';
import { SecretText } from '../secret-text';
import { RecoveryCodes } from './recovery-codes';

/** Adds an authenticator app: its secret as a picture, then a code of it, then the recovery codes. */
export function AuthenticatorDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const cache = useQueryClient();
  const offer = useConfirmedMutation(accountApi.offerAuthenticator);
  // Once: another offer would make the picture that was just scanned worthless.
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    offer.mutate();
  }, [offer]);
  const confirm = useConfirmedMutation(accountApi.confirmAuthenticator, () =>
    cache.invalidateQueries({ queryKey: accountKeys.account }),
  );
  const form = useForm({
    resolver: zodResolver(confirmSecondFactorRequestSchema),
    defaultValues: { code: '' },
    reValidateMode: 'onSubmit',
  });
  const onOpenChange = (open: boolean) => !open && onClose();
  if (confirm.data) {
    return (
      <Dialog open onOpenChange={onOpenChange} title={t('recovery.title')} description={t('recovery.keep')}>
        <RecoveryCodes codes={confirm.data.codes} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('authenticator.addTitle')}
      description={t('authenticator.scan')}
    >
      <form
        noValidate
        onSubmit={(event) => void form.handleSubmit(({ code }) => confirm.mutate(code))(event)}
      >
        <div className="grid gap-4 px-5 pt-1 pb-5">
          {offer.data ? (
            <>
              <img
                src={offer.data.qr}
                alt={t('authenticator.qr')}
                className="mx-auto size-48 rounded-md border bg-white p-2"
              />
              <div className="grid gap-1.5">
                <p className="text-xs text-ink-faint">{t('authenticator.byHand')}</p>
                <SecretText label={t('authenticator.secret')} value={offer.data.secret} />
              </div>
            </>
          ) : (
            !offer.isError && <Skeleton className="mx-auto size-48" />
          )}
          <Refusal error={offer.error} />
          <Field
            label={t('authenticator.code')}
            hint={t('authenticator.codeHint')}
            error={form.formState.errors.code && t('authenticator.codeInvalid')}
          >
            {(ids) => (
              <Input
                {...ids}
                {...form.register('code')}
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={8}
                disabled={!offer.data}
                className="tabular-nums"
              />
            )}
          </Field>
          <Refusal error={confirm.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" disabled={!offer.data} pending={confirm.isPending}>
            {t('authenticator.submit')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
