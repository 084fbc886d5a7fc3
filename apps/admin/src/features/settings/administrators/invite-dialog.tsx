'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { createAdministratorRequestSchema, personNameSchema } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import * as z from 'zod';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { useConfirmedMutation } from '../../auth/step-up';
import { administrationKeys, administratorsApi } from '../administration-api';
import { type Grants, GrantsField } from './grants-field';
import { InvitationLink } from './invitation-link';

/** Only what is typed; what is granted is chosen beside it. */
const WHO = z.object({
  email: createAdministratorRequestSchema.shape.email,
  name: z.literal('').or(personNameSchema),
});

/** Invites somebody, then shows the link to hand over. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('administrators');
  const signIn = useTranslations('signIn');
  const common = useTranslations('common');
  const cache = useQueryClient();
  const [grants, setGrants] = useState<Grants>([]);
  const form = useForm({ resolver: zodResolver(WHO), defaultValues: { email: '', name: '' } });
  const invite = useConfirmedMutation(administratorsApi.invite, () =>
    cache.invalidateQueries({ queryKey: administrationKeys.administrators }),
  );
  const onOpenChange = (open: boolean) => !open && onClose();
  if (invite.data) {
    return (
      <Dialog open onOpenChange={onOpenChange} title={t('invited')} description={t('invitedHint')}>
        <InvitationLink invitation={invite.data.invitation} onClose={onClose} />
      </Dialog>
    );
  }
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ email, name }) =>
    invite.mutate({ email, name: name === '' ? null : name, grants }),
  );
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('invite')}
      description={t('inviteHint')}
      className="sm:w-[32rem]"
    >
      <form noValidate onSubmit={(event) => void submit(event)}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <Field label={signIn('email')} error={errors.email && signIn('emailInvalid')}>
            {(ids) => (
              <Input
                {...ids}
                {...form.register('email')}
                type="email"
                autoFocus
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <Field label={t('name')} error={errors.name && common('nameInvalid')}>
            {(ids) => <Input {...ids} {...form.register('name')} autoComplete="off" maxLength={200} />}
          </Field>
          <GrantsField value={grants} onChange={setGrants} />
          <Refusal error={invite.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={invite.isPending}>
            {t('invite')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
