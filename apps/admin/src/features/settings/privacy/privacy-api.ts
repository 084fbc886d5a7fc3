import type { CreateConsentTextRequest, PrivacySettings, RetentionSettings } from '@munjigi/contracts';
import { request } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };

/** Calls about privacy; each throws {@link ApiError}. */
export const privacyApi = {
  retention: ({ signal }: Signal) =>
    request('/api/settings/retention', 'retentionSettingsSchema', { signal }),
  putRetention: (body: RetentionSettings) =>
    request('/api/settings/retention', 'retentionSettingsSchema', { method: 'PUT', body }),
  settings: ({ signal }: Signal) => request('/api/settings/privacy', 'privacySettingsSchema', { signal }),
  putSettings: (body: PrivacySettings) =>
    request('/api/settings/privacy', 'privacySettingsSchema', { method: 'PUT', body }),
  texts: ({ signal }: Signal) => request('/api/consent-texts', 'consentTextsSchema', { signal }),
  addText: (body: CreateConsentTextRequest) =>
    request('/api/consent-texts', 'consentTextSchema', { method: 'POST', body }),
  erasures: ({ signal }: Signal) => request('/api/erasures', 'erasuresSchema', { signal }),
} as const;

/** Names of what is cached of privacy. */
export const privacyKeys = {
  retention: ['retention'],
  settings: ['privacy-settings'],
  texts: ['consent-texts'],
  erasures: ['erasures'],
} as const;
