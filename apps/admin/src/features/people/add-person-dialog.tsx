'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Person, createPersonRequestSchema } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { api } from '@/lib/api/api';
import { PhotoDrop } from './photo-drop';
import { useEnrolPhoto } from './use-enrol-photo';
import { useRefreshPeople } from './use-people';

/** Adds a person, with a photo that doors will know them by. */
export function AddPersonDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useTranslations('addPerson');
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => !open && props.onClose()}
      title={t('title')}
      description={t('description')}
    >
      {props.open && <AddPersonForm onClose={props.onClose} />}
    </Dialog>
  );
}

function AddPersonForm({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('addPerson');
  const common = useTranslations('common');
  const toaster = useToaster();
  const refresh = useRefreshPeople();
  const form = useForm({ resolver: zodResolver(createPersonRequestSchema), defaultValues: { name: '' } });
  // Kept when the photo is refused after the person was made, so that the next try is for the same person.
  const [person, setPerson] = useState<Person | null>(null);
  const { photo, face, choose, enrol } = useEnrolPhoto();
  const create = useMutation({
    mutationFn: api.createPerson,
    onSuccess: async (created) => {
      setPerson(created);
      await refresh();
    },
  });
  const pending = create.isPending || enrol.isPending;

  const submit = form.handleSubmit(async ({ name }) => {
    const owner = person ?? (await create.mutateAsync(name).catch(() => null));
    if (!owner) return;
    if (!photo) {
      toaster.done(t('done', { name: owner.name }), t('doneWithoutPhoto'));
      return onClose();
    }
    const enrolled = await enrol.mutateAsync({ personId: owner.id, file: photo }).catch(() => null);
    if (enrolled) toaster.done(t('done', { name: owner.name }), t('doneHint'));
  });

  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <div className="grid gap-4 px-5 pt-1 pb-5">
        <Field label={t('name')} error={form.formState.errors.name && common('nameInvalid')}>
          {(ids) => (
            <Input
              {...ids}
              {...form.register('name')}
              autoFocus
              autoComplete="off"
              maxLength={200}
              readOnly={person !== null}
            />
          )}
        </Field>
        <PhotoDrop photo={photo} face={face} disabled={pending || face !== null} onPhoto={choose} />
        <Refusal error={create.error ?? enrol.error} />
      </div>
      <DialogFooter>
        {face ? (
          <Button variant="primary" autoFocus onClick={onClose}>
            {common('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{person ? t('keepWithoutPhoto') : common('cancel')}</Button>
            <Button type="submit" variant="primary" pending={pending} disabled={person !== null && !photo}>
              {person ? t('tryAgain') : t('submit')}
            </Button>
          </>
        )}
      </DialogFooter>
    </form>
  );
}
