'use client';

import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import type en from '@/messages/en.json';
import { type ErrorText, errorText } from './error-text';

type Code = keyof (typeof en)['errors'];

/** Gives errors their words in the reader's language. */
export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTranslations('errors');
  return useCallback(
    (error: unknown) => {
      const texts = (code: string): ErrorText | null => {
        if (!t.has(`${code as Code}.title`)) return null;
        const hint = t(`${code as Code}.hint`);
        return { title: t(`${code as Code}.title`), hint: hint === '' ? null : hint };
      };
      const unknown = { title: t('unknown.title'), hint: t('unknown.hint') };
      return errorText(error, texts, unknown);
    },
    [t],
  );
}
