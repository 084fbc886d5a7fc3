'use client';

import type { Person } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToaster } from '@/components/ui/toast';
import { useDeletePerson } from './use-people';

/** Asks before a person and all that is kept of their face are deleted. */
export function DeletePersonDialog({
  person,
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}) {
  const t = useTranslations('deletePerson');
  const toaster = useToaster();
  const remove = useDeletePerson(person);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: person.name })}
      description={t('description')}
      confirmLabel={t('submit')}
      pending={remove.isPending}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toaster.done(t('done', { name: person.name }));
            onClose();
          },
          onError: (error) => {
            toaster.failed(error);
            onClose();
          },
        })
      }
    />
  );
}
