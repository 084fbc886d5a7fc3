'use client';

import type { Alarm, AlarmId, AlarmsQuery } from '@munjigi/contracts';
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMay } from '../auth/use-may';
import { type AlarmStep, alarmKeys, alarmsApi } from './alarms-api';

const PAGE_LENGTH = 50;
/** The most alarms that are counted; more are said to be that many and more. */
export const WAITING_MAX = 100;

/** Alarms that a query asks for, newest first, page after page; kept current by the live connection. */
export function useAlarms(query: Partial<AlarmsQuery>) {
  return useInfiniteQuery({
    queryKey: alarmKeys.list(query),
    queryFn: ({ pageParam, signal }) =>
      alarmsApi.list({ ...query, cursor: pageParam, limit: PAGE_LENGTH }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}

/** Alarms that nobody has seen to, newest first; empty for those who may not see alarms. */
export function useWaitingAlarms(): readonly Alarm[] {
  const may = useMay();
  const { data } = useQuery({
    queryKey: alarmKeys.waiting,
    queryFn: ({ signal }) => alarmsApi.list({ state: 'raised', limit: WAITING_MAX }, { signal }),
    enabled: may('alarms:read'),
    staleTime: 60_000,
  });
  return data?.items ?? NONE;
}

/** One alarm; not asked for without an id. */
export function useAlarm(id: AlarmId | undefined) {
  return useQuery({
    queryKey: alarmKeys.one(id ?? ''),
    queryFn: ({ signal }) => alarmsApi.get(id as AlarmId, { signal }),
    enabled: id !== undefined,
  });
}

/** Says that an alarm is seen to, or over. */
export function useHandleAlarm() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, step, note }: { id: AlarmId; step: AlarmStep; note?: string | undefined }) =>
      alarmsApi.handle(id, step, note === undefined || note.trim() === '' ? {} : { note }),
    onSuccess: (alarm) => cache.setQueryData(alarmKeys.one(alarm.id), alarm),
    // Also when it was refused: then somebody else was faster.
    onSettled: () => cache.invalidateQueries({ queryKey: alarmKeys.all }),
  });
}

const NONE: readonly Alarm[] = [];
