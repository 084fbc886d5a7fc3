'use client';

import type { ReportChart } from '@munjigi/contracts';
import { useFormatter, useTranslations } from 'next-intl';

/** Bars of values beside their names, the largest first. */
export function ValueBars({ chart }: { readonly chart: ReportChart }) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const largest = Math.max(...chart.points.map(({ values }) => values[0] ?? 0), 1);
  return (
    <ul
      aria-label={t('chartOf', { title: chart.title, count: chart.points.length })}
      className="grid gap-1.5 text-sm"
    >
      {chart.points.map(({ at, values: [value = 0] }) => (
        <li key={at} className="grid grid-cols-[minmax(6rem,12rem)_1fr_4rem] items-center gap-3">
          <span className="truncate">{at}</span>
          <span aria-hidden className="h-4 rounded-sm bg-sunken">
            <span
              className="block h-full rounded-sm bg-accent"
              style={{ width: `${(value / largest) * 100}%`, minWidth: '2px' }}
            />
          </span>
          <span className="text-right tabular-nums">{format.number(value)}</span>
        </li>
      ))}
    </ul>
  );
}
