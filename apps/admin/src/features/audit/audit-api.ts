import type { AuditQuery } from '@munjigi/contracts';
import { pathWithQuery, request } from '@/lib/api/request';

type Signal = { readonly signal?: AbortSignal };

/** Calls about the account of who did what; each throws {@link ApiError}. */
export const auditApi = {
  list: (query: Partial<AuditQuery>, { signal }: Signal) =>
    request('/api/audit', 'auditPageSchema', { query, signal }),
  chain: ({ signal }: Signal) => request('/api/audit/chain', 'auditChainSchema', { signal }),
  keys: ({ signal }: Signal) => request('/api/audit/keys', 'auditKeyListSchema', { signal }),
  sign: () => request('/api/audit/checkpoints', 'auditCheckpointSchema', { method: 'POST' }),
} as const;

/** Where the account is taken out as a file. @param reason why, 3 to 500 characters: it becomes an entry itself */
export function auditExportUrl(query: {
  readonly reason: string;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}): string {
  return pathWithQuery('/api/audit/export', { ...query });
}

/** Names of what is cached of the account. */
export const auditKeys = {
  list: (query: Partial<AuditQuery>) => ['audit', 'list', query],
  chain: ['audit', 'chain'],
  keys: ['audit', 'keys'],
} as const;
