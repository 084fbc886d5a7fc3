'use client';

import type { Person, UpdatePersonRequest } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { queryKeys } from '@/lib/api/query-keys';
import { accessKeys } from '../../access/access-api';
import { useRefreshPeople } from '../use-people';
import { personApi } from './person-api';

/** Changes what is named of a person; refused where somebody else has changed them since they were shown. */
export function useUpdatePerson(person: Person) {
  const cache = useQueryClient();
  const refresh = useRefreshPeople();
  return useMutation({
    mutationFn: (change: UpdatePersonRequest) =>
      personApi.update(person.id, { ...change, version: person.version }),
    onSuccess: (changed) => {
      cache.setQueryData(queryKeys.person(person.id), changed);
      void cache.invalidateQueries({ queryKey: accessKeys.all });
      return refresh();
    },
  });
}
