'use client';

import type { Door } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { commandsApi, tellRequest, type ToldKind } from './commands-api';

const keyOf = (door: Door) => ['door-commands', door.id];
const IDLE_MS = 30_000;
const WAITING_MS = 3_000;

/** The newest commands of a door; looked at more often while one of them has not ended. */
export function useDoorCommands(door: Door) {
  return useQuery({
    queryKey: keyOf(door),
    queryFn: ({ signal }) => commandsApi.list(door.id, signal),
    refetchInterval: ({ state }) =>
      state.data?.items.some((each) => each.state === 'asked' || each.state === 'accepted')
        ? WAITING_MS
        : IDLE_MS,
  });
}

/** Tells a door something, and reads its journal anew, also where it was refused: that stands in it. */
export function useTellDoor(door: Door, kind: ToldKind) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) => commandsApi.tell(door.id, tellRequest(kind, reason)),
    onSettled: () => cache.invalidateQueries({ queryKey: keyOf(door) }),
  });
}
