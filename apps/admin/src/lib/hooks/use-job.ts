'use client';

import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';

/** How often the progress of a job is asked for. */
const PROGRESS_MS = 800;

/** How far a job is; asked for again until it has ended. @param id null: nothing is asked */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => request(`/api/jobs/${id}`, 'jobSchema', { signal }),
    enabled: id !== null,
    refetchInterval: ({ state: { data } }) =>
      data && data.state !== 'waiting' && data.state !== 'running' ? false : PROGRESS_MS,
  });
}
