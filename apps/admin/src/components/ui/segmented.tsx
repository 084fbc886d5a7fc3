'use client';

import type { KeyboardEvent, ReactNode } from 'react';

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: T) => void;
}

/** A choice of one among few, all in view. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const by = STEPS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const index = options.findIndex((option) => option.value === value);
    const next = (index + by + options.length) % options.length;
    event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus();
    if (options[next]) onChange(options[next].value);
  };
  return (
    <div
      role="radiogroup"
      aria-label={label}
      onKeyDown={step}
      className="inline-flex h-8 items-center gap-0.5 rounded-md border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1}
          onClick={() => onChange(option.value)}
          className="inline-flex h-full items-center gap-1 rounded-sm px-2.5 text-xs font-medium whitespace-nowrap text-ink-muted transition-colors hover:text-ink aria-checked:bg-raised aria-checked:text-ink aria-checked:shadow-low [&_svg]:size-3.5"
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
