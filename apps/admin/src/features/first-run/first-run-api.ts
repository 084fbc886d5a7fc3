'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request } from '@/lib/api/request';
import { useMay } from '../auth/use-may';

const KEY = ['first-run'];
/** While somebody goes through the steps, what they did elsewhere shows soon. */
const FOLLOW_MS = 3_000;

/** How far the deployment is; asked again and again only while it is followed. */
export function useFirstRun({ follow = false }: { readonly follow?: boolean } = {}) {
  const may = useMay();
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request('/api/first-run', 'firstRunSchema', { signal }),
    enabled: may('settings:read', null),
    staleTime: follow ? 0 : 300_000,
    refetchInterval: ({ state }) => follow && (state.data?.firstGrantedAt ?? null) === null && FOLLOW_MS,
  });
}

/** Puts the guide away, or shows it again. */
export function useDismissFirstRun() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (dismissed: boolean) =>
      request('/api/first-run', 'firstRunSchema', { method: 'PUT', body: { dismissed } }),
    onSuccess: (now) => cache.setQueryData(KEY, now),
  });
}
