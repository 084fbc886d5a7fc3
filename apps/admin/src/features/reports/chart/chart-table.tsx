'use client';

import type { ReportChart } from '@munjigi/contracts';
import { useFormatter, useTranslations } from 'next-intl';
import { usePointName } from './use-point-name';

/** The numbers of a chart, for those who would rather read, or cannot see it. */
export function ChartTable({ chart }: { readonly chart: ReportChart }) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const name = usePointName(chart.by);
  return (
    <div
      role="region"
      aria-label={t('chartTable')}
      tabIndex={0}
      className="max-h-60 min-w-0 overflow-y-auto rounded-md border bg-surface"
    >
      <table aria-label={t('chartTable')} className="w-full text-xs tabular-nums">
        <thead>
          <tr>
            <th scope="col" className={headClasses}>
              {t(`point.${chart.by}`)}
            </th>
            {chart.measures.map(({ key, label }) => (
              <th key={key} scope="col" className={`${headClasses} text-right`}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.points.map(({ at, values }) => (
            <tr key={at}>
              <th scope="row" className="px-2.5 py-1 text-left font-normal text-ink-muted">
                {name.full(at)}
              </th>
              {values.map((value, index) => (
                <td key={chart.measures[index]?.key} className="px-2.5 py-1 text-right">
                  {format.number(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const headClasses = 'sticky top-0 border-b bg-surface px-2.5 py-1.5 text-left font-medium text-ink-faint';
