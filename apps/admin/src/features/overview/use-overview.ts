'use client';

import { useQuery } from '@tanstack/react-query';
import { request } from '@/lib/api/request';

const REFRESH_MS = 20_000;

/** How things stand, asked again while it is looked at. */
export function useOverview({ enabled = true }: { readonly enabled?: boolean } = {}) {
  return useQuery({
    queryKey: ['overview'],
    queryFn: ({ signal }) => request('/api/overview', 'overviewSchema', { signal }),
    refetchInterval: REFRESH_MS,
    enabled,
  });
}
