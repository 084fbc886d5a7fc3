'use client';

import type { EventsQuery, PersonId } from '@munjigi/contracts';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { useLive } from '@/lib/live/live-provider';
import { isAskedFor } from './event-filters';

const PAGE_LENGTH = 50;

/** Events that a query asks for, newest first, page after page. */
export function useEvents(query: Partial<EventsQuery>) {
  return useInfiniteQuery({
    queryKey: queryKeys.eventList(query),
    queryFn: ({ pageParam, signal }) =>
      api.events({ ...query, cursor: pageParam, limit: PAGE_LENGTH }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Rows must not move under a reader; new ones are announced instead.
    refetchOnWindowFocus: false,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}

/** How many of the events asked for have come since the list was loaded. */
export function useNewEventCount(query: Partial<EventsQuery>): [number, () => void] {
  const live = useLive();
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const clear = useCallback(() => setIds(new Set()), []);
  useEffect(() => {
    clear();
    return live.events.add((event) => {
      if (isAskedFor(query, event)) setIds((current) => new Set(current).add(event.id));
    });
  }, [live, query, clear]);
  return [ids.size, clear];
}

/** People whose name has the text in it, a few. */
export function usePeopleNamed(search: string, enabled: boolean) {
  return useQuery({
    queryKey: queryKeys.peopleNamed(search),
    queryFn: ({ signal }) => api.people({ search: search || undefined, limit: 8 }, { signal }),
    select: (page) => page.items,
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** One person; not asked for without an id. */
export function usePerson(personId: PersonId | undefined) {
  return useQuery({
    queryKey: queryKeys.person(personId ?? ''),
    queryFn: ({ signal }) => api.person(personId ?? '', { signal }),
    enabled: personId !== undefined,
    retry: false,
  });
}
