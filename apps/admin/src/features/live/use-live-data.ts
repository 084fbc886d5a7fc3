'use client';

import type { AccessEvent, Door, DoorId } from '@munjigi/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { usePageVisible } from '@/lib/hooks/use-page-visible';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { useLive } from '@/lib/live/live-provider';
import { FEED_LENGTH_MAX, mergeFeed } from './feed';

/** All doors, kept current by the live connection. */
export function useDoors() {
  return useQuery({
    queryKey: queryKeys.doors,
    queryFn: api.doors,
    select: (list: { items: Door[] }) => list.items,
    staleTime: 60_000,
  });
}

/** The newest events, kept current by the live connection. */
export function useFeed() {
  const cache = useQueryClient();
  return useQuery({
    queryKey: queryKeys.feed,
    queryFn: async ({ signal }) => {
      const page = await api.events({ limit: FEED_LENGTH_MAX }, { signal });
      // An event may come as a message while this is on its way.
      return mergeFeed(cache.getQueryData<AccessEvent[]>(queryKeys.feedArrivals) ?? [], page.items);
    },
    staleTime: 60_000,
  });
}

/** Asks for the doors' pictures while this is shown and the tab is in view. */
export function useWatch(doorIds: readonly DoorId[]): void {
  const live = useLive();
  const visible = usePageVisible();
  const wanted = visible ? doorIds.join() : '';
  useEffect(() => {
    live.watch(wanted === '' ? [] : (wanted.split(',') as DoorId[]));
    return () => live.watch([]);
  }, [live, wanted]);
}

const HIGHLIGHT_MS = 4000;

/** The door's last event, for a few seconds after it came. */
export function useFreshEvent(doorId: DoorId): AccessEvent | null {
  const live = useLive();
  const [fresh, setFresh] = useState<AccessEvent | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = live.events.add((event) => {
      if (event.door.id !== doorId) return;
      clearTimeout(timer);
      setFresh(event);
      timer = setTimeout(() => setFresh(null), HIGHLIGHT_MS);
    });
    return () => {
      off();
      clearTimeout(timer);
    };
  }, [live, doorId]);
  return fresh;
}
