'use client';

import { useLocale } from 'next-intl';
import { useMemo } from 'react';

/** Ways to write times by the wall clock of a site. */
export interface ZonedFormats {
  /** `Wed, 25 Nov 2026, 14:03` */
  readonly dateTime: (instant: string) => string;
}

/** Formats of the reader's language in a site's time zone; in the browser's where that zone is not known. */
export function useZonedFormats(timeZone: string): ZonedFormats {
  const locale = useLocale();
  return useMemo(() => {
    const options: Intl.DateTimeFormatOptions = {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    };
    const format = formatOf(locale, options, timeZone);
    return { dateTime: (instant) => format.format(new Date(instant)) };
  }, [locale, timeZone]);
}

function formatOf(
  locale: string,
  options: Intl.DateTimeFormatOptions,
  timeZone: string,
): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, options);
  }
}
