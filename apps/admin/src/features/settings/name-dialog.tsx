'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { createRoleRequestSchema } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';

/** A name alone, as everything that is not a person has it. */
const NAME = createRoleRequestSchema.pick({ name: true });

interface NameDialogProps {
  readonly title: string;
  readonly description?: string;
  readonly label: string;
  readonly initial: string;
  readonly submitLabel: string;
  /** What is done with the name; the dialog shows that it runs, and why it was refused. */
  readonly action: {
    readonly mutate: (name: string) => void;
    readonly isPending: boolean;
    readonly error: unknown;
  };
  readonly onClose: () => void;
}

/** Asks for a name. */
export function NameDialog({
  title,
  description,
  label,
  initial,
  submitLabel,
  action,
  onClose,
}: NameDialogProps) {
  const setup = useTranslations('setup');
  const common = useTranslations('common');
  const form = useForm({ resolver: zodResolver(NAME), defaultValues: { name: initial } });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title} description={description}>
      <form noValidate onSubmit={(event) => void form.handleSubmit(({ name }) => action.mutate(name))(event)}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <Field label={label} error={form.formState.errors.name && setup('nameMissing')}>
            {(ids) => (
              <Input
                {...ids}
                {...form.register('name')}
                autoFocus
                autoComplete="off"
                maxLength={120}
                onFocus={(event) => event.target.select()}
              />
            )}
          </Field>
          <Refusal error={action.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={action.isPending}>
            {submitLabel}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
