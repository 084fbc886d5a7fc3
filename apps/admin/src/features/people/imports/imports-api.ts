import type { ImportPlan } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { request, requestNothing } from '@/lib/api/request';

/** Calls about imports of people; each throws {@link ApiError}. */
export const importsApi = {
  upload: (files: readonly File[]) => {
    const body = new FormData();
    for (const file of files) body.append('files', file);
    return request('/api/people-imports', 'peopleImportSchema', { method: 'POST', body });
  },
  check: (id: string, body: ImportPlan) =>
    request(`/api/people-imports/${id}/check`, 'importCheckSchema', { method: 'POST', body }),
  start: (id: string, body: ImportPlan) =>
    request(`/api/people-imports/${id}/start`, 'importStartedSchema', { method: 'POST', body }),
  remove: (id: string) => requestNothing(`/api/people-imports/${id}`, { method: 'DELETE' }),
} as const;

/** What an upload is cached as. */
export const importKey = (id: string) => ['people-import', id];

/** An upload and how far its import is. @param watched asks again until it is over */
export function useImport(id: string, watched: boolean) {
  return useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => request(`/api/people-imports/${id}`, 'peopleImportSchema', { signal }),
    retry: false,
    refetchInterval: ({ state: { data } }) => (watched && data?.state === 'running' ? 1_000 : false),
  });
}

/** Where what became of each row is. */
export function importReportUrl(id: string): string {
  return `/api/people-imports/${id}/report`;
}
