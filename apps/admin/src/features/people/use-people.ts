'use client';

import type { Person } from '@munjigi/contracts';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';

const PAGE_LENGTH = 50;

/** People by name, page after page; while a new search is on its way the last one's stay. */
export function usePeople(search: string) {
  return useInfiniteQuery({
    queryKey: queryKeys.peopleList(search),
    queryFn: ({ pageParam, signal }) =>
      api.people({ search: search || undefined, cursor: pageParam, limit: PAGE_LENGTH }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => ({
      people: pages.flatMap((page) => page.items),
      total: pages.at(-1)?.total ?? 0,
    }),
  });
}

/** Forgets what is cached of people, and of events, which show their names. */
export function useRefreshPeople(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    await Promise.all([
      cache.invalidateQueries({ queryKey: queryKeys.people }),
      cache.invalidateQueries({ queryKey: queryKeys.events }),
      cache.invalidateQueries({ queryKey: queryKeys.feed }),
    ]);
  };
}

/** Gives a person another name. */
export function useRenamePerson(person: Person) {
  const refresh = useRefreshPeople();
  return useMutation({ mutationFn: (name: string) => api.renamePerson(person.id, name), onSuccess: refresh });
}

/** Deletes a person with all that is kept of their face. */
export function useDeletePerson(person: Person) {
  const refresh = useRefreshPeople();
  return useMutation({ mutationFn: () => api.deletePerson(person.id), onSuccess: refresh });
}
