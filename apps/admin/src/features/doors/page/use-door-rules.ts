'use client';

import type { Door } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { accessKeys } from '../../access/access-api';
import { doorApi } from './door-api';

/** The rules of a door, and what is in force there now. */
export function useDoorRules(door: Door) {
  return useQuery({
    queryKey: accessKeys.doorRules(door.id),
    queryFn: ({ signal }) => doorApi.rules(door.id, signal),
    refetchInterval: 30_000,
  });
}

/** Makes a change of a door's rules or override, and forgets what was cached of the rules. */
export function useChangeRules<T>(change: (body: T) => ReturnType<typeof doorApi.rules>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => cache.invalidateQueries({ queryKey: accessKeys.all }),
  });
}
