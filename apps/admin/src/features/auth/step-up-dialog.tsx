'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { stepUpRequestSchema } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { accountApi, useAccount } from './account-api';
import { PasswordInput } from './password-input';

/** Asks who is there again. @param props.onAnswer called once: with true when it was proved */
export function StepUpDialog({ onAnswer }: { readonly onAnswer: (proved: boolean) => void }) {
  const t = useTranslations('stepUp');
  const signIn = useTranslations('signIn');
  const common = useTranslations('common');
  const wantsCode = useAccount().data?.secondFactor === true;
  const form = useForm({
    resolver: zodResolver(stepUpRequestSchema),
    defaultValues: { password: '' },
    reValidateMode: 'onSubmit',
  });
  const prove = useMutation({
    mutationFn: accountApi.stepUp,
    onSuccess: () => onAnswer(true),
    onError: () => form.setFocus('password', { shouldSelect: true }),
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) => prove.mutate(values));
  return (
    <Dialog open onOpenChange={(open) => !open && onAnswer(false)} title={t('title')} description={t('hint')}>
      <form
        noValidate
        onSubmit={(event) => {
          // React hands events on to the form around it, which asked in the first place.
          event.stopPropagation();
          void submit(event);
        }}
      >
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <Field label={signIn('password')} error={errors.password && signIn('passwordMissing')}>
            {(ids) => (
              <PasswordInput
                {...ids}
                {...form.register('password')}
                autoFocus
                autoComplete="current-password"
              />
            )}
          </Field>
          {wantsCode && (
            <Field
              label={signIn('code')}
              hint={signIn('codeHint')}
              error={errors.code && signIn('codeMissing')}
            >
              {(ids) => (
                <Input
                  {...ids}
                  {...form.register('code')}
                  autoComplete="one-time-code"
                  spellCheck={false}
                  className="h-10 tabular-nums"
                />
              )}
            </Field>
          )}
          <Refusal error={prove.error} />
        </div>
        <DialogFooter>
          <Button onClick={() => onAnswer(false)}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={prove.isPending}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
