import type { CreateVisitorRequest, ExtendVisitRequest } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { request } from '@/lib/api/request';

/** Calls about visitors; each throws {@link ApiError}. */
export const visitorsApi = {
  invite: (body: CreateVisitorRequest) => request('/api/visitors', 'visitorSchema', { method: 'POST', body }),
  extend: (id: string, body: ExtendVisitRequest) =>
    request(`/api/visitors/${id}/extend`, 'visitorSchema', { method: 'POST', body }),
  end: (id: string) => request(`/api/visitors/${id}/end`, 'visitorSchema', { method: 'POST', body: {} }),
} as const;

/** Names of what is cached of visitors. */
export const visitorKeys = { all: ['visitors'] } as const;

/** Who is expected on a day of the reader's own zone, by when they come. @param day `YYYY-MM-DD` */
export function useVisitors(day: string) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return useQuery({
    queryKey: [...visitorKeys.all, day, timeZone],
    queryFn: ({ signal }) =>
      request('/api/visitors', 'visitorListSchema', { query: { day, timeZone }, signal }),
    select: ({ items }) => items.map((visitor) => ({ ...visitor, id: visitor.person.id })),
    refetchInterval: 30_000,
  });
}

/** A visitor as rows of a list have it. */
export type VisitorRow = NonNullable<ReturnType<typeof useVisitors>['data']>[number];
