'use client';

import type { LockdownId } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../../auth/use-may';
import { accessKeys } from '../access-api';
import { lockdownsApi } from './lockdowns-api';

/** Lockdowns, those in force first. */
export function useLockdowns() {
  const may = useMay();
  return useQuery({
    queryKey: accessKeys.lockdowns,
    queryFn: ({ signal }) => lockdownsApi.list(signal),
    enabled: may('doors:read'),
    refetchInterval: 30_000,
  });
}

/** Starts a lockdown. */
export function useStartLockdown() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: lockdownsApi.start,
    onSettled: () => cache.invalidateQueries({ queryKey: accessKeys.all }),
  });
}

/** Lifts a lockdown. */
export function useLiftLockdown() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: LockdownId; reason: string }) => lockdownsApi.lift(id, reason),
    onSettled: () => cache.invalidateQueries({ queryKey: accessKeys.all }),
  });
}
