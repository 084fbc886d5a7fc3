'use client';

import type { ReportColumnView, ReportDefinition, ReportPreview } from '@munjigi/contracts';
import { SearchX } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { usePreview } from '../reports-api';

/** The first rows of a report, and what all of them come to. */
export function PreviewTable({ report }: { readonly report: ReportDefinition }) {
  const t = useTranslations('reports');
  const preview = usePreview(report);
  if (preview.isError) {
    return <ErrorNotice error={preview.error} onRetry={() => void preview.refetch()} />;
  }
  if (!preview.data) {
    return (
      <div aria-busy className="grid gap-3 px-4 py-4 md:px-6">
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} className="h-5" />
        ))}
      </div>
    );
  }
  if (preview.data.rows.length === 0) {
    return (
      <Notice icon={<SearchX />} title={t('nothing')} role="status">
        {t('nothingHint')}
      </Notice>
    );
  }
  return (
    <>
      <Totals preview={preview.data} />
      <Rows preview={preview.data} isOld={preview.isPlaceholderData} />
    </>
  );
}

function Totals({ preview: { totals, columns, rows } }: { readonly preview: ReportPreview }) {
  const t = useTranslations('reports');
  const sums = columns.flatMap(({ key, label }) => {
    const value = totals.sums[key];
    return value === undefined ? [] : [t('sum', { label, value })];
  });
  return (
    <p
      role="status"
      className="flex flex-wrap gap-x-4 px-4 py-2.5 text-xs text-ink-muted tabular-nums md:px-6"
    >
      <span className="font-medium text-ink">
        {t(totals.exact ? 'rows' : 'rowsMore', { count: totals.rows })}
      </span>
      {sums.map((sum) => (
        <span key={sum}>{sum}</span>
      ))}
      {totals.rows > rows.length && <span>{t('firstRows', { count: rows.length })}</span>}
    </p>
  );
}

function Rows({ preview, isOld }: { readonly preview: ReportPreview; readonly isOld: boolean }) {
  const { title, columns, rows } = preview;
  const text = useCellText();
  return (
    <div
      role="region"
      aria-label={title}
      tabIndex={0}
      className="overflow-x-auto focus-visible:-outline-offset-2"
    >
      <table
        aria-label={title}
        aria-busy={isOld}
        className={cn('w-full border-t text-sm', isOld && 'opacity-60')}
      >
        <thead>
          <tr>
            {columns.map(({ key, label, type }) => (
              <th
                key={key}
                scope="col"
                className={cn(
                  'h-8 border-b px-3 text-left text-2xs font-medium whitespace-nowrap text-ink-faint first:pl-4 md:first:pl-6',
                  isNumber(type) && 'text-right',
                )}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // Rows of a report have no id of their own, and never move.
            <tr key={index} className="hover:bg-hover/60">
              {row.map((cell, place) => (
                <td
                  key={columns[place]?.key}
                  className={cn(
                    'h-9 max-w-72 truncate border-b px-3 whitespace-nowrap first:pl-4 md:first:pl-6',
                    columns[place]?.type !== 'text' && 'tabular-nums',
                    isNumber(columns[place]?.type) && 'text-right',
                  )}
                >
                  {text(columns[place]?.type, cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isNumber = (type: ReportColumnView['type'] | undefined) => type === 'integer' || type === 'number';

/** Writes a cell; an instant is what the site's wall clock showed, whatever the reader's shows. */
function useCellText() {
  const locale = useLocale();
  const format = useFormatter();
  const clocks = useMemo(() => {
    const zone = { timeZone: 'UTC' } as const;
    return {
      instant: new Intl.DateTimeFormat(locale, {
        ...zone,
        dateStyle: 'medium',
        timeStyle: 'medium',
        hourCycle: 'h23',
      }),
      date: new Intl.DateTimeFormat(locale, { ...zone, dateStyle: 'medium' }),
    };
  }, [locale]);
  return useCallback(
    (type: ReportColumnView['type'] | undefined, cell: string | number | null) => {
      if (cell === null) return '–';
      if (typeof cell === 'number') return format.number(cell);
      if (type === 'instant') return clocks.instant.format(new Date(`${cell.slice(0, 19)}Z`));
      return type === 'date' ? clocks.date.format(new Date(`${cell}T00:00:00Z`)) : cell;
    },
    [clocks, format],
  );
}
