'use client';

import { ArrowLeft, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { Button } from './button';
import { Skeleton } from './skeleton';

interface SplitProps {
  readonly label: string;
  readonly items: readonly {
    readonly id: string;
    readonly name: string;
    readonly note?: ReactNode;
    /** Marks what has changes that are not saved. */
    readonly isDraft?: boolean;
  }[];
  readonly pending: boolean;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  /** Undefined for those who may add nothing. */
  readonly add?: { readonly label: string; readonly onAdd: () => void } | undefined;
  /** What is selected; on a phone it covers the list. */
  readonly children: ReactNode;
}

/** A list at the left, and at the right what is selected of it. */
export function Split({ label, items, pending, selected, onSelect, add, children }: SplitProps) {
  const t = useTranslations('common');
  return (
    <div className="flex min-h-0 flex-1">
      <nav
        aria-label={label}
        className={cn(
          'flex min-h-0 w-full shrink-0 flex-col overflow-y-auto p-2 md:w-64 md:border-r lg:w-72',
          selected !== null && 'hidden md:flex',
        )}
      >
        {add && (
          <Button variant="ghost" className="mb-1 justify-start px-2" onClick={add.onAdd}>
            <Plus aria-hidden />
            {add.label}
          </Button>
        )}
        <ul className="grid gap-0.5">
          {pending &&
            [0, 1, 2].map((index) => (
              <li key={index} className="px-2 py-2">
                <Skeleton className="h-4 w-2/3" />
              </li>
            ))}
          {items.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                aria-current={item.id === selected ? 'true' : undefined}
                onClick={() => onSelect(item.id)}
                className={cn(
                  'flex w-full items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover',
                  item.id === selected && 'bg-hover',
                )}
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate text-sm font-medium">{item.name}</span>
                  {item.note && <span className="block truncate text-xs text-ink-faint">{item.note}</span>}
                </span>
                {item.isDraft && (
                  <span className="size-1.5 shrink-0 rounded-full bg-caution" title={t('unsaved')}>
                    <span className="sr-only">{t('unsaved')}</span>
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <div
        className={cn('flex min-w-0 flex-1 flex-col overflow-y-auto', selected === null && 'hidden md:flex')}
      >
        {selected !== null && (
          <div className="border-b px-2 py-1.5 md:hidden">
            <Button variant="ghost" size="sm" onClick={() => onSelect(null)}>
              <ArrowLeft aria-hidden />
              {label}
            </Button>
          </div>
        )}
        {children}
      </div>
    </div>
  );
}
