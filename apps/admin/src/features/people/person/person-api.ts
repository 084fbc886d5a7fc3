import type {
  PersonId,
  RecordConsentRequest,
  TemplateId,
  UpdatePersonRequest,
  consentTextsSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import { request, requestNothing } from '@/lib/api/request';

export type ConsentText = z.output<typeof consentTextsSchema>['items'][number];

/** Calls about one person; each throws {@link ApiError}. */
export const personApi = {
  update: (id: PersonId, body: UpdatePersonRequest) =>
    request(`/api/people/${id}`, 'personSchema', { method: 'PATCH', body }),
  customFields: async (signal: AbortSignal) =>
    (await request('/api/custom-fields', 'customFieldListSchema', { signal })).items,
  removeTemplate: (id: PersonId, templateId: TemplateId) =>
    requestNothing(`/api/people/${id}/templates/${templateId}`, { method: 'DELETE' }),
  consents: async (id: PersonId, signal: AbortSignal) =>
    (await request(`/api/people/${id}/consents`, 'consentsSchema', { signal })).items,
  consentTexts: async (signal: AbortSignal) =>
    (await request('/api/consent-texts', 'consentTextsSchema', { signal })).items,
  recordConsent: (id: PersonId, body: RecordConsentRequest) =>
    request(`/api/people/${id}/consents`, 'consentSchema', { method: 'POST', body }),
  withdrawConsent: (id: PersonId, reason: string) =>
    request(`/api/people/${id}/consents/withdrawal`, 'consentsSchema', {
      method: 'POST',
      body: reason === '' ? {} : { reason },
    }),
  erase: (id: PersonId, reason: string) =>
    request(`/api/people/${id}/erasure`, 'erasureSchema', { method: 'POST', body: { reason } }),
  erasure: (id: string, signal: AbortSignal) => request(`/api/erasures/${id}`, 'erasureSchema', { signal }),
} as const;

/** Names of what is cached of one person beside the person themselves. */
export const personKeys = {
  customFields: ['custom-fields'],
  // Its own: what the settings keep under the shorter name has another shape.
  consentTexts: ['consent-texts', 'list'],
  consents: (id: string) => ['people', 'consents', id],
  events: (id: string) => ['events', 'person', id],
  erasure: (id: string) => ['erasure', id],
} as const;
