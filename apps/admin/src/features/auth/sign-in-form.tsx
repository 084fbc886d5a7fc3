'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { loginRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';

/** E-mail and password; on success goes where the person wanted to be. */
export function SignInForm({ returnTo }: { readonly returnTo: string }) {
  const t = useTranslations('signIn');
  const router = useRouter();
  const cache = useQueryClient();
  const [shown, setShown] = useState(false);
  const form = useForm({
    resolver: zodResolver(loginRequestSchema),
    defaultValues: { email: '', password: '' },
    reValidateMode: 'onSubmit',
  });
  const signIn = useMutation({
    mutationFn: api.signIn,
    onSuccess: (session) => {
      // What the last person saw is not this one's.
      cache.clear();
      cache.setQueryData(queryKeys.session, session);
      router.replace(returnTo);
    },
    onError: () => form.setFocus('password', { shouldSelect: true }),
  });
  const { errors } = form.formState;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => void form.handleSubmit((values) => signIn.mutate(values))(event)}
    >
      <Field label={t('email')} error={errors.email && t('emailInvalid')}>
        {(ids) => (
          <Input
            {...ids}
            {...form.register('email')}
            type="email"
            autoComplete="username"
            autoFocus
            spellCheck={false}
            className="h-10"
          />
        )}
      </Field>
      <Field label={t('password')} error={errors.password && t('passwordMissing')}>
        {(ids) => (
          <div className="relative">
            <Input
              {...ids}
              {...form.register('password')}
              type={shown ? 'text' : 'password'}
              autoComplete="current-password"
              className="h-10 pr-10"
            />
            <Button
              variant="ghost"
              size="icon"
              aria-pressed={shown}
              aria-label={t('showPassword')}
              className="absolute top-1 right-1"
              onClick={() => setShown(!shown)}
            >
              {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            </Button>
          </div>
        )}
      </Field>
      <Refusal error={signIn.error} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={signIn.isPending || signIn.isSuccess}
        className="mt-1"
      >
        {t('submit')}
      </Button>
    </form>
  );
}
