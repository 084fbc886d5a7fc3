'use client';

import { useTranslations } from 'next-intl';
import { inputClasses } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { instantOfLocalInput, localInputOf } from './event-filters';

/** From one instant to another, either left open. */
interface Span {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

interface CustomPeriodProps {
  readonly period: Span;
  readonly onChange: (period: Span) => void;
}

/** Chooses a span of time by its ends, in the reader's own zone. */
export function CustomPeriod({ period: { from, until }, onChange }: CustomPeriodProps) {
  const t = useTranslations('events');
  const className = cn(inputClasses, 'w-auto tabular-nums');
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <input
        type="datetime-local"
        aria-label={t('filter.from')}
        className={className}
        defaultValue={localInputOf(from)}
        onChange={(event) => onChange({ from: instantOfLocalInput(event.target.value), until })}
      />
      <span aria-hidden className="text-ink-faint">
        –
      </span>
      <input
        type="datetime-local"
        aria-label={t('filter.until')}
        className={className}
        defaultValue={localInputOf(until)}
        onChange={(event) => onChange({ from, until: instantOfLocalInput(event.target.value) })}
      />
    </span>
  );
}
