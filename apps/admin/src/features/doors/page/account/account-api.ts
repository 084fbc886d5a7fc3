import type { DeadLetter, DeadLettersQuery, DoorId, DoorOutbox } from '@munjigi/contracts';
import { request } from '@/lib/api/request';

/** One life of a door's outbox. */
export type OutboxEpoch = DoorOutbox['epochs'][number];

/** Calls about whether a door's account is whole; each throws {@link ApiError}. */
export const accountApi = {
  outbox: (id: DoorId, signal: AbortSignal) =>
    request(`/api/doors/${id}/outbox`, 'doorOutboxSchema', { signal }),
  verification: (id: DoorId, query: { readonly epoch: string; readonly after: number }) =>
    request(`/api/doors/${id}/outbox/verification`, 'doorOutboxVerificationSchema', { query }),
  deadLetters: (query: Partial<DeadLettersQuery>, signal: AbortSignal) =>
    request('/api/events/dead-letters', 'deadLettersPageSchema', { query, signal }),
  retry: (id: DeadLetter['id']) =>
    request(`/api/events/dead-letters/${id}/retry`, 'deadLetterSchema', { method: 'POST' }),
  dismiss: (id: DeadLetter['id'], note: string) =>
    request(`/api/events/dead-letters/${id}/dismiss`, 'deadLetterSchema', { method: 'POST', body: { note } }),
} as const;

/** Names of what is cached of a door's account; `all` covers both. */
export const accountKeys = {
  all: (id: DoorId) => ['door-account', id],
  outbox: (id: DoorId) => ['door-account', id, 'outbox'],
  deadLetters: (id: DoorId) => ['door-account', id, 'dead-letters'],
} as const;
