'use client';

import { BellOff, BellRing, ChevronsUpDown, Keyboard, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Avatar } from '@/components/ui/avatar';
import { Menu, MenuChoice, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { cn } from '@/lib/cn';
import { ALARM_SOUNDS } from '@/lib/preferences';
import { useAlarmSound } from '../alarms/use-alarm-sound';
import { useMay } from '../auth/use-may';
import { useSession, useSignOut } from '../auth/use-session';
import { PreferenceChoices } from './preferences-menu';

interface UserMenuProps {
  readonly compact?: boolean;
  readonly onShowShortcuts: () => void;
}

/** The signed-in administrator's menu: language, theme, shortcuts, sign out. */
export function UserMenu({ compact, onShowShortcuts }: UserMenuProps) {
  const t = useTranslations('shell');
  const session = useSession();
  const signOut = useSignOut();
  const email = session.data?.administrator.email ?? '';
  return (
    <Menu
      align={compact ? 'end' : 'start'}
      side={compact ? 'bottom' : 'top'}
      className="w-56"
      trigger={
        <button
          type="button"
          aria-label={t('account', { email })}
          className={cn(
            'flex items-center gap-2 rounded-md p-1.5 text-left hover:bg-hover',
            compact ? 'rounded-full p-1' : 'w-full justify-center lg:justify-start',
          )}
        >
          <Avatar name={email || null} src={null} className="size-6" />
          {!compact && (
            <>
              <span className="hidden min-w-0 flex-1 truncate text-xs text-ink-muted lg:block">{email}</span>
              <ChevronsUpDown aria-hidden className="hidden size-3.5 text-ink-faint lg:block" />
            </>
          )}
        </button>
      }
    >
      <p className="truncate px-2 pt-1.5 text-xs text-ink-muted">{email}</p>
      <PreferenceChoices />
      <AlarmSoundChoice />
      <MenuSeparator />
      <MenuItem className="hidden md:flex" onSelect={onShowShortcuts}>
        <Keyboard aria-hidden />
        {t('shortcuts')}
      </MenuItem>
      <MenuItem onSelect={() => signOut.mutate()}>
        <LogOut aria-hidden />
        {t('signOut')}
      </MenuItem>
    </Menu>
  );
}

/** Whether new alarms sound on this device; only for those who hear of alarms. */
function AlarmSoundChoice() {
  const t = useTranslations('preferences');
  const may = useMay();
  const [sound, choose] = useAlarmSound();
  if (!may('alarms:read')) return null;
  return (
    <MenuChoice
      label={t('alarmSound')}
      value={sound}
      options={ALARM_SOUNDS.map((value) => ({
        value,
        label: t(`alarmSounds.${value}`),
        icon: value === 'on' ? <BellRing aria-hidden /> : <BellOff aria-hidden />,
      }))}
      onChange={choose}
    />
  );
}
