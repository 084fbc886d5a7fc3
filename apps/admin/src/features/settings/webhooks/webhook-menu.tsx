'use client';

import type { Webhook } from '@munjigi/contracts';
import { Ellipsis, KeyRound, Pencil, Power, ScrollText, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';

/** What can be done with a webhook of the list. */
export type WebhookAction = 'log' | 'change' | 'switch' | 'renew' | 'delete';

interface WebhookMenuProps {
  readonly webhook: Webhook;
  readonly mayWrite: boolean;
  readonly onAction: (action: WebhookAction, webhook: Webhook) => void;
}

/** What can be done with a webhook; for those who may only look, its log. */
export function WebhookMenu({ webhook, mayWrite, onAction }: WebhookMenuProps) {
  const t = useTranslations('webhooks');
  const select = (action: WebhookAction) => () => onAction(action, webhook);
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('actionsFor', { name: webhook.name })}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      <MenuItem onSelect={select('log')}>
        <ScrollText aria-hidden />
        {t('log')}
      </MenuItem>
      {mayWrite && (
        <>
          <MenuItem onSelect={select('change')}>
            <Pencil aria-hidden />
            {t('change')}
          </MenuItem>
          <MenuItem onSelect={select('switch')}>
            <Power aria-hidden />
            {webhook.enabled ? t('turnOff') : t('turnOn')}
          </MenuItem>
          <MenuItem onSelect={select('renew')}>
            <KeyRound aria-hidden />
            {t('renew')}
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={select('delete')}>
            <Trash2 aria-hidden />
            {t('delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
