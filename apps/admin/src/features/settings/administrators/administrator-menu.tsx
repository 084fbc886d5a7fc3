'use client';

import type { AdministratorView } from '@munjigi/contracts';
import {
  Ellipsis,
  LogOut,
  MailPlus,
  ShieldCheck,
  ShieldOff,
  Trash2,
  UserRoundCheck,
  UserRoundX,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { AdministratorAction } from './administrator-dialogs';

interface AdministratorMenuProps {
  readonly administrator: AdministratorView;
  readonly onAction: (action: AdministratorAction) => void;
}

/** What can be done with one administrator, as they are now. */
export function AdministratorMenu({ administrator, onAction }: AdministratorMenuProps) {
  const t = useTranslations('administrators');
  const { email, status, secondFactor, passkeys } = administrator;
  return (
    <Menu
      className="min-w-56"
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('actionsFor', { email })}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      <MenuItem onSelect={() => onAction('grants')}>
        <ShieldCheck aria-hidden />
        {t('action.grants')}
      </MenuItem>
      <MenuItem onSelect={() => onAction('invitation')}>
        <MailPlus aria-hidden />
        {t('action.invitation')}
      </MenuItem>
      <MenuItem onSelect={() => onAction('signOut')}>
        <LogOut aria-hidden />
        {t('action.signOut')}
      </MenuItem>
      {(secondFactor || passkeys > 0) && (
        <MenuItem onSelect={() => onAction('secondFactor')}>
          <ShieldOff aria-hidden />
          {t('action.secondFactor')}
        </MenuItem>
      )}
      <MenuSeparator />
      {status === 'suspended' ? (
        <MenuItem onSelect={() => onAction('reinstate')}>
          <UserRoundCheck aria-hidden />
          {t('action.reinstate')}
        </MenuItem>
      ) : (
        <MenuItem onSelect={() => onAction('suspend')}>
          <UserRoundX aria-hidden />
          {t('action.suspend')}
        </MenuItem>
      )}
      <MenuItem danger onSelect={() => onAction('delete')}>
        <Trash2 aria-hidden />
        {t('action.delete')}
      </MenuItem>
    </Menu>
  );
}
