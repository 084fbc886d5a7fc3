'use client';

import type { Door } from '@munjigi/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { localPeopleApi } from './local-people-api';

const keyOf = (door: Door) => ['local-people', door.id];

/** Who was registered at a door itself and waits; asked only while the door is there to answer. */
export function useLocalPeople(door: Door, enabled: boolean) {
  return useQuery({
    queryKey: keyOf(door),
    queryFn: ({ signal }) => localPeopleApi.list(door.id, signal),
    enabled: enabled && door.online,
    refetchInterval: 60_000,
    retry: false,
  });
}

/** Forgets what was cached of who waits at a door, and of people. */
export function useRefreshLocalPeople(door: Door) {
  const cache = useQueryClient();
  return useCallback(
    () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keyOf(door) }),
        cache.invalidateQueries({ queryKey: queryKeys.people }),
      ]),
    [cache, door],
  );
}
