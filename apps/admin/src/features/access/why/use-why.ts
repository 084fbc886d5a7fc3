'use client';

import type { WhyQuery } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { accessKeys } from '../access-api';
import { whyApi } from './why-api';

/** Whether a person may pass a door at a time, with every check; not asked for without a query. */
export function useWhy(query: WhyQuery | null) {
  return useQuery({
    queryKey: accessKeys.why(query ?? {}),
    queryFn: ({ signal }) => whyApi.why(query!, signal),
    enabled: query !== null,
    staleTime: 0,
  });
}
