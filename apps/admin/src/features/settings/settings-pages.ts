import type { Permission } from '@munjigi/contracts';
import {
  Building2,
  Fingerprint,
  KeySquare,
  type LucideIcon,
  ShieldCheck,
  UserRoundCog,
  UsersRound,
  Webhook,
} from 'lucide-react';

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
  {
    name: 'administrators',
    path: '/settings/administrators',
    permission: 'administrators:read',
    Icon: UsersRound,
  },
  { name: 'roles', path: '/settings/roles', permission: 'administrators:read', Icon: ShieldCheck },
  { name: 'tokens', path: '/settings/tokens', permission: 'tokens:read', Icon: KeySquare },
  { name: 'webhooks', path: '/settings/webhooks', permission: 'webhooks:read', Icon: Webhook },
  { name: 'privacy', path: '/settings/privacy', permission: 'settings:read', Icon: Fingerprint },
  { name: 'sites', path: '/settings/sites', permission: 'sites:read', Icon: Building2 },
] as const satisfies readonly SettingsPage[];
