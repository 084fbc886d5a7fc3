import type { apiTokenSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ApiTokenRecord } from './api-tokens.repository';

/** A token as the wire has it: never its secret, nor its hash. */
export function presentApiToken({ apiToken, email }: ApiTokenRecord): z.input<typeof apiTokenSchema> {
  return {
    id: apiToken.id,
    name: apiToken.name,
    permissions: apiToken.permissions,
    siteIds: apiToken.siteIds,
    hint: apiToken.hint,
    madeBy: { id: apiToken.administratorId, email },
    createdAt: apiToken.createdAt.toISOString(),
    expiresAt: apiToken.expiresAt.toISOString(),
    lastUsedAt: apiToken.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: apiToken.lastUsedFrom,
  };
}
