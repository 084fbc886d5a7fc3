import { peopleSettingsSchema } from '@munjigi/contracts';
import type { SettingsKind } from '../../platform/settings/settings';

/** What becomes of people by themselves. */
export const PEOPLE_SETTINGS: SettingsKind<typeof peopleSettingsSchema> = {
  key: 'people',
  schema: peopleSettingsSchema,
  initial: { idleDays: null, idleNoticeDays: 7, visitorTemplatesKeptDays: 0 },
};
