import type { consentSchema, consentTextSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ConsentRow } from './consent.entity';
import type { ConsentText } from './consent-text.entity';

/** A consent as the wire has it. */
export function presentConsent(row: ConsentRow): z.input<typeof consentSchema> {
  const { id, textVersion, how, recordedBy } = row;
  return {
    ...{ id, textVersion, how, recordedBy },
    recordedAt: row.recordedAt.toISOString(),
    withdrawnAt: row.withdrawnAt?.toISOString() ?? null,
  };
}

/** A text as the wire has it. */
export function presentConsentText(row: ConsentText): z.input<typeof consentTextSchema> {
  return { version: row.version, texts: row.texts, createdAt: row.createdAt.toISOString() };
}
