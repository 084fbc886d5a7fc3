import type {
  DoorEventsQuery,
  DoorId,
  DoorRulesRequest,
  OverrideRequest,
  keptDoorRulesSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import { request } from '@/lib/api/request';

export type KeptDoorRules = z.output<typeof keptDoorRulesSchema>;

/** Calls about one door's rules; each throws {@link ApiError}. */
export const doorApi = {
  rules: (id: DoorId, signal: AbortSignal) =>
    request(`/api/doors/${id}/rules`, 'keptDoorRulesSchema', { signal }),
  setRules: (id: DoorId, body: DoorRulesRequest) =>
    request(`/api/doors/${id}/rules`, 'keptDoorRulesSchema', { method: 'PUT', body }),
  override: (id: DoorId, body: OverrideRequest) =>
    request(`/api/doors/${id}/override`, 'keptDoorRulesSchema', { method: 'PUT', body }),
  events: (query: Partial<DoorEventsQuery>, signal: AbortSignal) =>
    request('/api/door-events', 'doorEventsPageSchema', { query, signal }),
} as const;
