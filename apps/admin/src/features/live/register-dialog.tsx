'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type DoorId, type TrackId, createPersonRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';

/** A face to be registered, as it was when somebody chose it. */
export interface Candidate {
  readonly doorId: DoorId;
  readonly doorName: string;
  readonly trackId: TrackId;
  /** Its picture; null when none was cut out. */
  readonly picture: string | null;
}

interface RegisterDialogProps {
  readonly candidate: Candidate | null;
  readonly onClose: () => void;
  readonly onRegistered: (trackId: TrackId) => void;
}

/** Gives an unknown face a name; from then on the door knows it. */
export function RegisterDialog({ candidate, onClose, onRegistered }: RegisterDialogProps) {
  const t = useTranslations('register');
  return (
    <Dialog
      open={candidate !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      description={candidate && t('description', { door: candidate.doorName })}
    >
      {candidate && <RegisterForm candidate={candidate} onClose={onClose} onRegistered={onRegistered} />}
    </Dialog>
  );
}

type FormProps = RegisterDialogProps & { readonly candidate: Candidate };

function RegisterForm({ candidate, onClose, onRegistered }: FormProps) {
  const t = useTranslations('register');
  const common = useTranslations('common');
  const cache = useQueryClient();
  const toaster = useToaster();
  const form = useForm({ resolver: zodResolver(createPersonRequestSchema), defaultValues: { name: '' } });
  const enrol = useMutation({
    mutationFn: ({ name }: { name: string }) =>
      api.enrolTrack(candidate.doorId, { trackId: candidate.trackId, name }),
    onSuccess: ({ person }) => {
      toaster.done(t('done', { name: person.name }), t('doneHint', { door: candidate.doorName }));
      void cache.invalidateQueries({ queryKey: queryKeys.people });
      onRegistered(candidate.trackId);
      onClose();
    },
  });
  return (
    <form noValidate onSubmit={(event) => void form.handleSubmit((values) => enrol.mutate(values))(event)}>
      <div className="grid gap-4 px-5 pt-1 pb-5">
        <div className="flex items-center gap-4">
          {candidate.picture ? (
            <img
              src={candidate.picture}
              alt={t('picture', { door: candidate.doorName })}
              className="size-24 shrink-0 rounded-lg object-cover ring-1 ring-line"
            />
          ) : (
            <span
              aria-hidden
              className="grid size-24 shrink-0 place-items-center rounded-lg bg-sunken text-ink-faint"
            >
              <UserRound className="size-8" />
            </span>
          )}
          <div className="min-w-0 flex-1">
            <Field label={t('name')} error={form.formState.errors.name && common('nameInvalid')}>
              {(ids) => (
                <Input {...ids} {...form.register('name')} autoFocus autoComplete="off" maxLength={200} />
              )}
            </Field>
          </div>
        </div>
        <Refusal error={enrol.error} />
      </div>
      <DialogFooter>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" pending={enrol.isPending}>
          {t('submit')}
        </Button>
      </DialogFooter>
    </form>
  );
}
