'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { api } from '@/lib/api/api';
import { lazyResolver } from '@/lib/lazy-resolver';
import { HOME_PATH } from '@/lib/return-path';
import { EntryLayout } from './entry-layout';
import { PasswordInput } from './password-input';
import { useBeginSession } from './use-begin-session';

/**
 * Where somebody who was invited sets their password. The token is behind the address's `#`, which browsers send to
 * nobody, so that it is in no server's log.
 */
export function InvitationPage() {
  const t = useTranslations('invitation');
  const setup = useTranslations('setup');
  const signIn = useTranslations('signIn');
  const begin = useBeginSession(HOME_PATH);
  const form = useForm({
    resolver: lazyResolver(async () => (await import('@munjigi/contracts')).acceptInvitationRequestSchema),
    defaultValues: { token: '', password: '' },
    reValidateMode: 'onSubmit',
  });
  useEffect(() => form.setValue('token', window.location.hash.slice(1)), [form]);
  const accept = useMutation({ mutationFn: api.acceptInvitation, onSuccess: begin });
  const { errors } = form.formState;
  return (
    <EntryLayout title={t('title')} hint={t('hint')}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => void form.handleSubmit((values) => accept.mutate(values))(event)}
      >
        <Field
          label={signIn('password')}
          hint={setup('passwordHint')}
          error={errors.password && setup('passwordShort')}
        >
          {(ids) => (
            <PasswordInput {...ids} {...form.register('password')} autoComplete="new-password" autoFocus />
          )}
        </Field>
        {errors.token && (
          <p role="alert" className="rounded-md bg-denied-soft px-3 py-2 text-sm text-denied">
            {t('missing')}
            <span className="block text-xs">{t('missingHint')}</span>
          </p>
        )}
        <Refusal error={accept.error} />
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={accept.isPending || accept.isSuccess}
          className="mt-1"
        >
          {t('submit')}
        </Button>
      </form>
    </EntryLayout>
  );
}
