'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { TimeZoneInput } from '@/components/ui/time-zone-input';
import { api } from '@/lib/api/api';
import { lazyResolver } from '@/lib/lazy-resolver';
import { PasswordInput } from './password-input';
import { useBeginSession } from './use-begin-session';

/** What a new deployment is told: the code of its terminal, its name, its first site and its first owner. */
export function SetupForm() {
  const t = useTranslations('setup');
  const signIn = useTranslations('signIn');
  const begin = useBeginSession('/first-run');
  const form = useForm({
    resolver: lazyResolver(async () => (await import('@munjigi/contracts')).setupRequestSchema),
    defaultValues: {
      ...{ code: '', organisation: '', email: '', password: '' },
      site: { name: '', timeZone: '' },
    },
    reValidateMode: 'onSubmit',
  });
  const setUp = useMutation({ mutationFn: api.setUp, onSuccess: begin });
  const { errors } = form.formState;
  useEffect(() => {
    // Known to the browser, and not to the server that draws the page first.
    if (form.getValues('site.timeZone') === '')
      form.setValue('site.timeZone', Intl.DateTimeFormat().resolvedOptions().timeZone);
  }, [form]);
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => setUp.mutate(values))(event)}
    >
      <Field label={t('code')} hint={t('codeHint')} error={errors.code && t('codeMissing')}>
        {(ids) => (
          <Input
            {...ids}
            {...form.register('code')}
            autoComplete="off"
            autoCapitalize="none"
            autoFocus
            spellCheck={false}
            className="h-10 font-mono"
          />
        )}
      </Field>
      <Field label={t('organisation')} error={errors.organisation && t('nameMissing')}>
        {(ids) => (
          <Input {...ids} {...form.register('organisation')} autoComplete="organization" className="h-10" />
        )}
      </Field>
      <Field label={t('siteName')} hint={t('siteHint')} error={errors.site?.name && t('nameMissing')}>
        {(ids) => <Input {...ids} {...form.register('site.name')} autoComplete="off" className="h-10" />}
      </Field>
      <Field label={t('timeZone')} error={errors.site?.timeZone && t('timeZoneInvalid')}>
        {(ids) => <TimeZoneInput {...ids} {...form.register('site.timeZone')} className="h-10" />}
      </Field>
      <h2 className="mt-3 font-medium">{t('account')}</h2>
      <Field label={t('email')} error={errors.email && signIn('emailInvalid')}>
        {(ids) => (
          <Input
            {...ids}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            spellCheck={false}
            className="h-10"
          />
        )}
      </Field>
      <Field
        label={signIn('password')}
        hint={t('passwordHint')}
        error={errors.password && t('passwordShort')}
      >
        {(ids) => <PasswordInput {...ids} {...form.register('password')} autoComplete="new-password" />}
      </Field>
      <Refusal error={setUp.error} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={setUp.isPending || setUp.isSuccess}
        className="mt-1"
      >
        {t('submit')}
      </Button>
    </form>
  );
}
