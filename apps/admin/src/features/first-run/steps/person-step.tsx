'use client';

import type { FirstRun, Person } from '@munjigi/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { lazyResolver } from '@/lib/lazy-resolver';
import { useMay } from '../../auth/use-may';
import { useRefreshPeople } from '../../people/use-people';
import { PersonFace } from './person-face';

const WITHOUT_FACE = { credentials: 'none', sort: 'createdAt', limit: 20 } as const;
const OTHER = 'other';

/** Brings the first person in: one who is there already and has no template, or a new one. */
export function PersonStep({ run, isDone }: { readonly run: FirstRun; readonly isDone: boolean }) {
  const t = useTranslations('firstRun');
  const may = useMay();
  const [chosen, setChosen] = useState<string>('');
  // Whose dialog is open: it stays until it is closed, though the step is done once their picture is kept.
  const [busyWith, setBusyWith] = useState<Person | null>(null);
  const faceless = useQuery({
    queryKey: [...queryKeys.people, 'faceless'],
    queryFn: async ({ signal }) => (await api.people(WITHOUT_FACE, { signal })).items,
    enabled: !isDone && may('people:read'),
  });
  if (isDone && !busyWith)
    return <p className="text-ink-muted">{t('person.enrolled', { count: run.enrolled })}</p>;
  const people = faceless.data ?? [];
  const person =
    busyWith ?? people.find(({ id }) => id === chosen) ?? (chosen === OTHER ? undefined : people[0]);
  return (
    <>
      <p className="text-ink-muted">{t('person.hint')}</p>
      {people.length > 0 && (
        <Select
          label={t('person.who')}
          value={person?.id ?? OTHER}
          onChange={setChosen}
          options={[
            ...people.map(({ id, name }) => ({ value: id, label: name })),
            { value: OTHER, label: t('person.other') },
          ]}
          className="w-full sm:w-72"
        />
      )}
      {person && (
        <PersonFace
          key={person.id}
          person={person}
          onBusy={(isBusy) => setBusyWith(isBusy ? person : null)}
        />
      )}
      {!person && faceless.isSuccess && may('people:write') && (
        <AddForm onAdded={(added) => setChosen(added.id)} />
      )}
      <Refusal error={faceless.error} />
    </>
  );
}

function AddForm({ onAdded }: { readonly onAdded: (person: Person) => void }) {
  const t = useTranslations('firstRun');
  const common = useTranslations('common');
  const refresh = useRefreshPeople();
  const form = useForm({
    resolver: lazyResolver(async () => (await import('@munjigi/contracts')).createPersonRequestSchema),
    defaultValues: { name: '' },
  });
  const add = useMutation({
    mutationFn: api.createPerson,
    onSuccess: async (person) => {
      await refresh();
      onAdded(person);
    },
  });
  return (
    <form
      noValidate
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => void form.handleSubmit(({ name }) => add.mutate(name))(event)}
    >
      <div className="min-w-0 flex-1 sm:max-w-72">
        <Field label={t('person.name')} error={form.formState.errors.name && common('nameInvalid')}>
          {(ids) => <Input {...ids} {...form.register('name')} autoComplete="off" maxLength={200} />}
        </Field>
      </div>
      <Button type="submit" variant="primary" pending={add.isPending}>
        {t('person.add')}
      </Button>
      <Refusal error={add.error} />
    </form>
  );
}
