'use client';

import type { ReportTiming } from '@munjigi/contracts';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';

/** The name of a day of the week in the reader's language. @param weekday 1 is Monday */
export function weekdayName(locale: string, weekday: number): string {
  // The first of January 2024 was a Monday.
  const day = new Date(Date.UTC(2024, 0, weekday));
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(day);
}

/** Says in the reader's language when a schedule is due. */
export function useTimingText(): (timing: ReportTiming) => string {
  const t = useTranslations('reports');
  const locale = useLocale();
  return useMemo(
    () => (timing) => {
      const { at } = timing;
      if (timing.every === 'day') return t('timing.day', { at });
      if (timing.every === 'week') return t('timing.week', { day: weekdayName(locale, timing.on), at });
      return timing.on === 'last' ? t('timing.last', { at }) : t('timing.month', { day: timing.on, at });
    },
    [t, locale],
  );
}
