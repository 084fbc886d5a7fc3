import type { AreaId, ForgiveRequest, SiteId, musterSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import { request, requestNothing } from '@/lib/api/request';

export type Muster = z.output<typeof musterSchema>;

/** Calls about who is inside; each throws {@link ApiError}. */
export const musterApi = {
  get: (siteId: SiteId, signal: AbortSignal) =>
    request('/api/muster', 'musterSchema', { query: { siteId }, signal }),
  forgive: (areaId: AreaId, body: ForgiveRequest) =>
    requestNothing(`/api/areas/${areaId}/forgive`, { method: 'POST', body }),
} as const;
