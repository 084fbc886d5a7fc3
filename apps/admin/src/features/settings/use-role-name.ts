'use client';

import type { BuiltInRole } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';

/** Names a role in the reader's language: a built-in one by its key, another as it was named. */
export function useRoleName(): (role: { readonly key: BuiltInRole | null; readonly name: string }) => string {
  const t = useTranslations('roles');
  return useCallback(({ key, name }) => (key === null ? name : t(`builtIn.${key}`)), [t]);
}
