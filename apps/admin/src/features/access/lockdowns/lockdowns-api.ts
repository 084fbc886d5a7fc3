import type { LockdownId, LockdownRequest, keptLockdownSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import { request } from '@/lib/api/request';

export type KeptLockdown = z.output<typeof keptLockdownSchema>;

/** Calls about lockdowns; each throws {@link ApiError}. */
export const lockdownsApi = {
  list: async (signal: AbortSignal) =>
    (await request('/api/lockdowns', 'lockdownListSchema', { signal })).items,
  start: (body: LockdownRequest) => request('/api/lockdowns', 'keptLockdownSchema', { method: 'POST', body }),
  lift: (id: LockdownId, reason: string) =>
    request(`/api/lockdowns/${id}/lift`, 'keptLockdownSchema', { method: 'POST', body: { reason } }),
} as const;
