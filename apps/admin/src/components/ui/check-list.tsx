'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Checkbox } from 'radix-ui';
import { useId, useState } from 'react';
import { SearchInput } from './search-input';

interface CheckListProps<T extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: T; readonly label: string; readonly note?: string }[];
  readonly chosen: readonly T[];
  readonly disabled?: boolean | undefined;
  /** Said where there is nothing to choose from. */
  readonly empty: string;
  readonly onChange: (chosen: T[]) => void;
}

/** More than this many are searched, not only scrolled. */
const SEARCHED_FROM = 9;

/** A choice of any number among many; the order of the options is kept in what is chosen. */
export function CheckList<T extends string>(props: CheckListProps<T>) {
  const { label, options, chosen, disabled, empty, onChange } = props;
  const t = useTranslations('common');
  const id = useId();
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLocaleLowerCase();
  const shown = options.filter((option) => option.label.toLocaleLowerCase().includes(wanted));
  const set = (value: T, isChosen: boolean) =>
    onChange(
      options
        .map((option) => option.value)
        .filter((each) => (each === value ? isChosen : chosen.includes(each))),
    );
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="flex w-full items-baseline justify-between text-sm font-medium">
        {label}
        <span className="text-xs font-normal text-ink-faint tabular-nums">
          {t('chosen', { count: chosen.length })}
        </span>
      </legend>
      {options.length >= SEARCHED_FROM && (
        <SearchInput label={t('filter')} value={search} onChange={setSearch} />
      )}
      <ul
        aria-label={label}
        tabIndex={options.length > 5 ? 0 : undefined}
        className="max-h-52 overflow-y-auto rounded-md border bg-raised p-1"
      >
        {shown.map((option) => (
          <li key={option.value} className="flex items-center gap-2 rounded-sm px-1.5 hover:bg-hover">
            <Checkbox.Root
              id={`${id}-${option.value}`}
              checked={chosen.includes(option.value)}
              disabled={disabled ?? false}
              onCheckedChange={(checked) => set(option.value, checked === true)}
              className="grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-raised data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-50"
            >
              <Checkbox.Indicator>
                <Check aria-hidden strokeWidth={3} className="size-3 text-on-accent" />
              </Checkbox.Indicator>
            </Checkbox.Root>
            <label
              htmlFor={`${id}-${option.value}`}
              className="flex min-w-0 flex-1 items-center gap-2 py-1.5 text-sm"
            >
              <span className="truncate">{option.label}</span>
              {option.note && <span className="ml-auto shrink-0 text-xs text-ink-faint">{option.note}</span>}
            </label>
          </li>
        ))}
        {shown.length === 0 && (
          <li className="px-1.5 py-1.5 text-xs text-ink-faint">
            {options.length === 0 ? empty : t('nothingFits')}
          </li>
        )}
      </ul>
    </fieldset>
  );
}
