'use client';

import type { ReportChart } from '@munjigi/contracts';
import { useLocale } from 'next-intl';
import { useMemo } from 'react';

interface PointNames {
  /** As short as an axis needs it. */
  readonly short: (at: string) => string;
  readonly full: (at: string) => string;
}

/** Ways to write what a chart's points are of, in the reader's language. */
export function usePointName(by: ReportChart['by']): PointNames {
  const locale = useLocale();
  return useMemo(() => {
    if (by === 'value' || by === 'hour') {
      const name = by === 'hour' ? (at: string) => `${at}:00` : (at: string) => at;
      return { short: by === 'hour' ? (at) => at : name, full: name };
    }
    // Points are days of the sites' own clocks: read and written as if in UTC, no zone moves them.
    const zone = { timeZone: 'UTC' } as const;
    const [short, full] =
      by === 'month'
        ? [{ month: 'short' } as const, { month: 'long', year: 'numeric' } as const]
        : [{ day: 'numeric', month: 'numeric' } as const, { dateStyle: 'full' } as const];
    const [shortly, fully] = [short, full].map((how) => new Intl.DateTimeFormat(locale, { ...how, ...zone }));
    const dateOf = (at: string) => new Date(`${at}${by === 'month' ? '-01' : ''}T00:00:00Z`);
    return {
      short: (at) => shortly?.format(dateOf(at)) ?? at,
      full: (at) => fully?.format(dateOf(at)) ?? at,
    };
  }, [by, locale]);
}
