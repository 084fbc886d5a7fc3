'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';

/** Ways to write times and numbers for the reader, in the browser's zone. */
export interface Formats {
  /** `14:03:22` */
  readonly time: (instant: string) => string;
  /** `3 Oct, 14:03:22`, with the year when it is not this one. */
  readonly dateTime: (instant: string) => string;
  /** `3 Oct 2026` */
  readonly date: (instant: string) => string;
  /** The whole of it, with the zone's name, for titles. */
  readonly full: (instant: string) => string;
  /** `now`, `12 s ago`, `3 min ago`, …; never in the future, since a door's clock may lead ours. */
  readonly ago: (instant: string, nowMs: number) => string;
  /** Two decimals, with a true minus sign. */
  readonly similarity: (value: number) => string;
}

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Formats of the reader's language. */
export function useFormats(): Formats {
  const locale = useLocale();
  const t = useTranslations('common');
  return useMemo(() => {
    const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
    const time = new Intl.DateTimeFormat(locale, clock);
    const day = { day: 'numeric', month: 'short' } as const;
    const dateTime = new Intl.DateTimeFormat(locale, { ...day, ...clock });
    const dateTimeYear = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric', ...clock });
    const date = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' });
    const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'narrow' });
    return {
      time: (instant) => time.format(new Date(instant)),
      dateTime: (instant) => {
        const at = new Date(instant);
        const isThisYear = at.getFullYear() === new Date().getFullYear();
        return (isThisYear ? dateTime : dateTimeYear).format(at);
      },
      date: (instant) => date.format(new Date(instant)),
      full: (instant) => full.format(new Date(instant)),
      ago: (instant, nowMs) => {
        const seconds = Math.max(0, (nowMs - Date.parse(instant)) / 1000);
        const step = STEPS.find(([, size]) => seconds >= size);
        if (!step || seconds < 3) return t('now');
        return relative.format(-Math.floor(seconds / step[1]), step[0]);
      },
      similarity: (value) => value.toFixed(2).replace('-', '−'),
    };
  }, [locale, t]);
}
