'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { changePasswordRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { accountApi, accountKeys } from '../../auth/account-api';
import { PasswordInput } from '../../auth/password-input';

interface PasswordDialogProps {
  readonly email: string;
  readonly onClose: () => void;
}

/** Changes one's own password. */
export function PasswordDialog({ email, onClose }: PasswordDialogProps) {
  const t = useTranslations('account');
  const setup = useTranslations('setup');
  const signIn = useTranslations('signIn');
  const common = useTranslations('common');
  const toaster = useToaster();
  const cache = useQueryClient();
  const form = useForm({
    resolver: zodResolver(changePasswordRequestSchema),
    defaultValues: { currentPassword: '', newPassword: '' },
    reValidateMode: 'onSubmit',
  });
  const change = useMutation({
    mutationFn: accountApi.changePassword,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: accountKeys.signIns });
      toaster.done(t('password.done'), t('password.doneHint'));
      onClose();
    },
  });
  const { errors } = form.formState;
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('password.change')}>
      <form noValidate onSubmit={(event) => void form.handleSubmit((values) => change.mutate(values))(event)}>
        {/* Password managers look for whose password it is. */}
        <input type="text" autoComplete="username" defaultValue={email} hidden readOnly />
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <Field label={t('password.current')} error={errors.currentPassword && signIn('passwordMissing')}>
            {(ids) => (
              <PasswordInput
                {...ids}
                {...form.register('currentPassword')}
                autoFocus
                autoComplete="current-password"
              />
            )}
          </Field>
          <Field
            label={t('password.new')}
            hint={setup('passwordHint')}
            error={errors.newPassword && setup('passwordShort')}
          >
            {(ids) => (
              <PasswordInput {...ids} {...form.register('newPassword')} autoComplete="new-password" />
            )}
          </Field>
          <Refusal error={change.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={change.isPending}>
            {t('password.submit')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
