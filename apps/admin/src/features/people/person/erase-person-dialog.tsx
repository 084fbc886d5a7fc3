'use client';

import { auditReasonSchema, type Person } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { queryKeys } from '@/lib/api/query-keys';
import { ReasonDialog } from '../../access/reason-dialog';
import { useRefreshPeople } from '../use-people';
import { personApi, personKeys } from './person-api';

/** Erases a person for good, once their name was typed; then shows the proof. */
export function ErasePersonDialog({
  person,
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}) {
  const t = useTranslations('erasure');
  const router = useRouter();
  const cache = useQueryClient();
  const refresh = useRefreshPeople();
  const [typed, setTyped] = useState('');
  const erase = useMutation({
    mutationFn: (reason: string) => personApi.erase(person.id, auditReasonSchema.parse(reason)),
    onSuccess: (erasure) => {
      cache.setQueryData(personKeys.erasure(erasure.id), erasure);
      router.replace(`/people/${person.id}?erasure=${erasure.id}`);
      cache.removeQueries({ queryKey: queryKeys.person(person.id) });
      void refresh();
    },
  });
  return (
    <ReasonDialog
      title={t('title', { name: person.name })}
      description={t('description')}
      confirmLabel={t('submit')}
      danger
      pending={erase.isPending || erase.isSuccess}
      error={erase.error}
      isValid={typed.trim().normalize() === person.name.normalize()}
      onConfirm={(reason) => erase.mutate(reason.replaceAll(/\s+/g, ' '))}
      onClose={onClose}
    >
      <Field label={t('typeName', { name: person.name })}>
        {(ids) => (
          <Input
            {...ids}
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
    </ReasonDialog>
  );
}
