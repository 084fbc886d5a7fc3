'use client';

import { Search, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { cn } from '@/lib/cn';
import { Input } from './input';

interface SearchInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly className?: string;
}

/** A search field; Escape or its cross empties it. */
export function SearchInput({ label, value, onChange, className }: SearchInputProps) {
  const t = useTranslations('common');
  const ref = useRef<HTMLInputElement>(null);
  return (
    <div role="search" className={cn('relative', className)}>
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        ref={ref}
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        value={value}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        data-search-target=""
        className="px-8"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onChange('');
        }}
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={t('clear')}
          className="absolute top-1/2 right-1.5 -translate-y-1/2 rounded-sm p-1 text-ink-faint hover:text-ink"
          onClick={() => {
            onChange('');
            ref.current?.focus();
          }}
        >
          <X aria-hidden className="size-3.5" />
        </button>
      )}
    </div>
  );
}
