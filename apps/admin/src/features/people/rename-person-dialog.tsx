'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type Person, createPersonRequestSchema } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { useRenamePerson } from './use-people';

/** A name alone, and not left out. */
const RENAME = createPersonRequestSchema.pick({ name: true });

/** Gives a person another name. */
export function RenamePersonDialog({
  person,
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}) {
  const t = useTranslations('renamePerson');
  const common = useTranslations('common');
  const toaster = useToaster();
  const rename = useRenamePerson(person);
  const form = useForm({
    resolver: zodResolver(RENAME),
    defaultValues: { name: person.name },
  });
  const submit = form.handleSubmit(({ name }) =>
    rename.mutate(name, {
      onSuccess: () => {
        toaster.done(t('done', { name }));
        onClose();
      },
    }),
  );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('title')}>
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
                onFocus={(event) => event.target.select()}
              />
            )}
          </Field>
          <Refusal error={rename.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={rename.isPending}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
