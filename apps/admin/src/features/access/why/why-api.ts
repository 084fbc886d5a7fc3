import type { PassTimesQuery, WhyQuery } from '@munjigi/contracts';
import { request } from '@/lib/api/request';

/** Calls that ask what the rules say; each throws {@link ApiError}. */
export const whyApi = {
  why: (query: WhyQuery, signal: AbortSignal) => request('/api/access/why', 'whySchema', { query, signal }),
  times: (query: PassTimesQuery, signal: AbortSignal) =>
    request('/api/access/times', 'passTimesSchema', { query, signal }),
} as const;
