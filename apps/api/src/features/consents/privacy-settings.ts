import { privacySettingsSchema } from '@munjigi/contracts';
import type { SettingsKind } from '../../platform/settings/settings';

/** Whether this deployment keeps consents itself; until somebody says otherwise, it does. */
export const PRIVACY_SETTINGS: SettingsKind<typeof privacySettingsSchema> = {
  key: 'privacy',
  schema: privacySettingsSchema,
  initial: { consent: 'required' },
};
