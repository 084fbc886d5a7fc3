'use client';

import type { FloorPlanPlace, SiteId } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { request, requestNothing } from '@/lib/api/request';
import { useMay } from '../../auth/use-may';

const KEY = ['floor-plans'];

/** A picture that is to become a plan. */
export interface NewPlan {
  readonly name: string;
  readonly siteId: SiteId;
  readonly picture: File;
}

/** Calls about floor plans; each throws {@link ApiError}. */
export const floorPlansApi = {
  create: ({ name, siteId, picture }: NewPlan) => {
    const body = new FormData();
    body.set('photo', picture);
    body.set('name', name);
    body.set('siteId', siteId);
    return request('/api/floor-plans', 'floorPlanSchema', { method: 'POST', body });
  },
  rename: (id: string, name: string) =>
    request(`/api/floor-plans/${id}`, 'floorPlanSchema', { method: 'PATCH', body: { name } }),
  place: (id: string, doors: readonly FloorPlanPlace[]) =>
    request(`/api/floor-plans/${id}/doors`, 'floorPlanSchema', { method: 'PUT', body: { doors } }),
  remove: (id: string) => requestNothing(`/api/floor-plans/${id}`, { method: 'DELETE' }),
} as const;

/** The floor plans that may be seen, by name. */
export function useFloorPlans() {
  const may = useMay();
  return useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => request('/api/floor-plans', 'floorPlanListSchema', { signal }),
    select: ({ items }) => items,
    enabled: may('doors:read'),
    staleTime: 60_000,
  });
}

/** Changes floor plans, and has them asked for anew. */
export function useChangePlans<V, R>(change: (value: V) => Promise<R>, onDone: (result: R) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (result) => {
      await cache.invalidateQueries({ queryKey: KEY });
      onDone(result);
    },
  });
}
