'use client';

import type { ReportChart, ReportDefinition } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useChart } from '../reports-api';
import { filledPoints } from './chart-points';
import { ChartTable } from './chart-table';
import { ColumnChart } from './column-chart';
import { ValueBars } from './value-bars';

/** A picture of a report with its numbers in a table beside; nothing where no row is in it. */
export function ReportChartPanel({ report }: { readonly report: ReportDefinition | null }) {
  const t = useTranslations('reports');
  const chart = useChart(report);
  if (chart.isError && !chart.data) {
    return <ErrorNotice error={chart.error} onRetry={() => void chart.refetch()} className="py-8" />;
  }
  if (!chart.data) return <Skeleton className="mx-4 my-4 h-56 md:mx-6" />;
  if (chart.data.points.length === 0) return null;
  const filled = { ...chart.data, points: filledPoints(chart.data) };
  return (
    <section
      aria-label={t('chart')}
      className="grid gap-4 border-b px-4 py-4 md:px-6 xl:grid-cols-[1fr_20rem]"
    >
      <div className="grid min-w-0 content-start gap-4">
        {picturesOf(filled).map((picture) =>
          picture.by === 'value' ? (
            <ValueBars key={picture.measures[0]?.key} chart={picture} />
          ) : (
            <ColumnChart key={picture.measures[0]?.key} chart={picture} />
          ),
        )}
      </div>
      <ChartTable chart={filled} />
    </section>
  );
}

/** Outcomes stand on one another; other measures have units of their own, so each has a picture of its own. */
function picturesOf(chart: ReportChart): ReportChart[] {
  if (chart.measures.every(({ key }) => key === 'granted' || key === 'denied')) return [chart];
  return chart.measures.map((measure, index) => ({
    ...chart,
    measures: [measure],
    points: chart.points.map(({ at, values }) => ({ at, values: [values[index] ?? 0] })),
  }));
}
