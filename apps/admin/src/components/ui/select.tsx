'use client';

import { ChevronDown } from 'lucide-react';
import { cn } from '@/lib/cn';
import { useOpened } from '@/lib/hooks/use-opened';
import { inputClasses } from './input';

export interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  /** Shown while nothing is chosen, which is the empty value. */
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
  readonly className?: string;
}

/** Looks of the button that opens the choice. */
export const selectClasses = cn(
  inputClasses,
  'inline-flex w-auto items-center justify-between gap-2 text-sm',
);

const loadOpened = () => import('./opened-select');

/** A choice of one among some. Until it is opened it is a button and no more. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { opened, opener } = useOpened(loadOpened);
  const { label, value, options, placeholder, disabled, onChange, className } = props;
  if (opened) return <opened.OpenedSelect {...props} onChange={(next) => onChange(next as T)} />;
  return (
    <button
      type="button"
      role="combobox"
      aria-label={label}
      aria-expanded={false}
      aria-haspopup="listbox"
      disabled={disabled}
      className={cn(selectClasses, className)}
      {...opener}
    >
      <span className="truncate">
        {options.find((option) => option.value === value)?.label ?? placeholder}
      </span>
      <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
    </button>
  );
}
