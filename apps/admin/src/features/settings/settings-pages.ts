import type { Permission } from '@munjigi/contracts';
import { type LucideIcon, UserRoundCog } from 'lucide-react';

interface SettingsPage {
  readonly name: string;
  readonly path: string;
  /** Shown to those who have it; null: to everybody. */
  readonly permission: Permission | null;
  readonly Icon: LucideIcon;
}

/** The pages of the settings, in the order of their links. */
export const SETTINGS_PAGES = [
  { name: 'account', path: '/settings/account', permission: null, Icon: UserRoundCog },
] as const satisfies readonly SettingsPage[];
