'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type en from '@/messages/en.json';

type Messages = (typeof en)['audit'];

/** Areas of actions that have words, in the order in which they are offered. */
export const AUDIT_AREAS = [
  'session',
  'account',
  'administrator',
  'role',
  'token',
  'person',
  'visitor',
  'group',
  'consent',
  'biometrics',
  'import',
  'door',
  'lockdown',
  'alarm',
  'access-level',
  'schedule',
  'holiday-calendar',
  'area',
  'floor-plan',
  'site',
  'report',
  'webhook',
  'settings',
  'custom-field',
  'retention',
  'models',
  'keys',
  'audit',
  'job',
  'setup',
] as const satisfies readonly (keyof Messages['area'])[];

/** Puts an action such as `door/changed` into the reader's words; one that has none stays as it is. */
export function useActionWords(): (action: string) => string {
  const t = useTranslations('audit');
  return useCallback(
    (action) => {
      const [area, verb] = action.split('/') as [keyof Messages['area'], keyof Messages['verb']];
      if (!t.has(`area.${area}`) || !t.has(`verb.${verb}`)) return action;
      return t('action', { area: t(`area.${area}`), verb: t(`verb.${verb}`) });
    },
    [t],
  );
}
