'use client';

import type { DoorList, AccessEvent } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askToSignIn } from '@/lib/api/signed-out';
import { queryKeys } from '@/lib/api/query-keys';
import { useLive, useLiveStatus } from '@/lib/live/live-provider';
import { mergeFeed } from './feed';

/** Carries what the live connection says into what the pages show. */
export function LiveSync(): null {
  const live = useLive();
  const status = useLiveStatus();
  const cache = useQueryClient();

  useEffect(() => {
    const offs = [
      live.doors.add((door) => {
        cache.setQueryData<DoorList>(queryKeys.doors, (list) => {
          if (!list) return list;
          const known = list.items.some(({ id }) => id === door.id);
          const items = known
            ? list.items.map((item) => (item.id === door.id ? door : item))
            : [...list.items, door];
          return { items };
        });
      }),
      live.events.add((event) => {
        cache.setQueryData<AccessEvent[]>(queryKeys.feedArrivals, (came) => mergeFeed(came ?? [], [event]));
        // A feed that is not loaded must stay so, or one event would pass for all of it.
        cache.setQueryData<AccessEvent[]>(queryKeys.feed, (feed) => feed && mergeFeed(feed, [event]));
      }),
      live.returned.add(() => {
        void cache.invalidateQueries({ queryKey: queryKeys.doors });
        void cache.invalidateQueries({ queryKey: queryKeys.feed });
      }),
    ];
    return () => offs.forEach((off) => off());
  }, [live, cache]);

  useEffect(() => {
    if (status === 'signed-out') void askToSignIn();
  }, [status]);

  return null;
}
