'use client';

import type { Session } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { api } from '@/lib/api/api';
import { ApiError } from '@/lib/api/api-error';
import { lazyResolver } from '@/lib/lazy-resolver';
import { PasswordInput } from './password-input';

const isCode = (error: unknown, code: string) => error instanceof ApiError && error.code === code;

interface SignInFormProps {
  /** Whose password is asked for; anybody's where it is not given. */
  readonly email?: string;
  readonly onSession: (session: Session) => void;
}

/** E-mail and password, then a code where the account wants one. */
export function SignInForm({ email, onSession }: SignInFormProps) {
  const t = useTranslations('signIn');
  const [wantsCode, setWantsCode] = useState(false);
  const form = useForm({
    resolver: lazyResolver(async () => (await import('@munjigi/contracts')).loginRequestSchema),
    defaultValues: { email: email ?? '', password: '' },
    reValidateMode: 'onSubmit',
  });
  const signIn = useMutation({
    mutationFn: api.signIn,
    onSuccess: onSession,
    onError: (error) => {
      if (isCode(error, 'auth/second-factor-required')) setWantsCode(true);
      else form.setFocus(wantsCode ? 'code' : 'password', { shouldSelect: true });
    },
  });
  // The field is there only after it was asked for.
  useEffect(() => {
    if (wantsCode) form.setFocus('code');
  }, [wantsCode, form]);
  const startOver = () => {
    setWantsCode(false);
    signIn.reset();
    form.reset();
  };
  const { errors } = form.formState;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => signIn.mutate(values))(event)}
    >
      <div className={wantsCode ? 'hidden' : 'contents'}>
        <div className={email === undefined ? 'contents' : 'hidden'}>
          <Field label={t('email')} error={errors.email && t('emailInvalid')}>
            {(ids) => (
              <Input
                {...ids}
                {...form.register('email')}
                type="email"
                autoComplete="username"
                autoFocus={email === undefined}
                spellCheck={false}
                className="h-10"
              />
            )}
          </Field>
        </div>
        <Field label={t('password')} error={errors.password && t('passwordMissing')}>
          {(ids) => (
            <PasswordInput
              {...ids}
              {...form.register('password')}
              autoFocus={email !== undefined}
              autoComplete="current-password"
            />
          )}
        </Field>
      </div>
      {wantsCode && (
        <Field label={t('code')} hint={t('codeHint')} error={errors.code && t('codeMissing')}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register('code')}
              autoComplete="one-time-code"
              autoCapitalize="none"
              spellCheck={false}
              className="h-10 tabular-nums"
            />
          )}
        </Field>
      )}
      <Refusal error={isCode(signIn.error, 'auth/second-factor-required') ? null : signIn.error} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={signIn.isPending || signIn.isSuccess}
        className="mt-1"
      >
        {t('submit')}
      </Button>
      {wantsCode && email === undefined && (
        <Button variant="ghost" onClick={startOver}>
          {t('otherAccount')}
        </Button>
      )}
    </form>
  );
}
