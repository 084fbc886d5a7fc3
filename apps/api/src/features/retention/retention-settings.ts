import { retentionSettingsSchema, type RetentionRule, type RetentionSettings } from '@munjigi/contracts';
import type { SettingsKind } from '../../platform/settings/settings';

/** How long things are kept; until somebody says otherwise, as long as there is room, but no pictures of enrolments. */
export const RETENTION_SETTINGS: SettingsKind<typeof retentionSettingsSchema> = {
  key: 'retention',
  schema: retentionSettingsSchema,
  initial: { rules: [] },
};

/** How many days something is kept at a site, or null without end. A site's own rule goes before the general one. */
export function daysOf(
  { rules }: RetentionSettings,
  kind: RetentionRule['kind'],
  siteId: string | null,
): number | null {
  const mine = rules.filter((rule) => rule.kind === kind);
  const own = mine.find((rule) => rule.siteId === siteId);
  return (own ?? mine.find((rule) => rule.siteId === null))?.days ?? null;
}
