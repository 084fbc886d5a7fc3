'use client';

import type { Door, DoorId, DoorList, DoorSettingsPatch } from '@munjigi/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';

/** What to expect at a door, as it is each time that this is shown; with `similarityMin`, of that threshold too. */
export function useDoorRisk(doorId: DoorId, similarityMin: number | null) {
  return useQuery({
    queryKey: queryKeys.doorRisk(doorId, similarityMin),
    queryFn: ({ signal }) =>
      api.doorRisk(doorId, similarityMin === null ? {} : { similarityMin }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

/** Changes some of a door's settings. */
export function useChangeDoorSettings(door: Door) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (settings: DoorSettingsPatch) => api.updateDoor(door.id, { settings }),
    onSuccess: (changed) => {
      cache.setQueryData<DoorList>(
        queryKeys.doors,
        (list) => list && { items: list.items.map((item) => (item.id === changed.id ? changed : item)) },
      );
      void cache.invalidateQueries({ queryKey: queryKeys.doorRisks });
    },
  });
}
