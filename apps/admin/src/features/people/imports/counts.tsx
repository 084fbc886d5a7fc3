'use client';

import { useFormatter } from 'next-intl';
import { cn } from '@/lib/cn';

interface CountsProps {
  readonly counts: readonly {
    readonly key: string;
    readonly label: string;
    readonly count: number;
    readonly isBad: boolean;
  }[];
}

/** Numbers with what they are of, in a row. */
export function Counts({ counts }: CountsProps) {
  const format = useFormatter();
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-5">
      {counts.map(({ key, label, count, isBad }) => (
        <div key={key} className="rounded-md border bg-raised px-3 py-2">
          <dt className="text-xs text-ink-faint">{label}</dt>
          <dd className={cn('text-lg font-semibold tabular-nums', isBad && 'text-denied')}>
            {format.number(count)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
