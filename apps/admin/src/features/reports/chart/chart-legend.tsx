import type { ReportChart } from '@munjigi/contracts';
import { cn } from '@/lib/cn';

/** Names what the columns of a chart are, in their own looks. */
export function ChartLegend({ measures }: Pick<ReportChart, 'measures'>) {
  return (
    <figcaption className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {measures.map(({ key, label }) => (
        <span key={key} className="inline-flex items-center gap-1.5">
          <span
            aria-hidden
            className={cn(
              'size-2.5 rounded-xs',
              key === 'denied'
                ? 'bg-[repeating-linear-gradient(45deg,var(--denied)_0_2px,var(--denied-soft)_2px_4px)]'
                : 'bg-accent',
            )}
          />
          {label}
        </span>
      ))}
    </figcaption>
  );
}
