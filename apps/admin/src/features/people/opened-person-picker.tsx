'use client';

import type { PersonId } from '@munjigi/contracts';
import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, useId, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Input } from '@/components/ui/input';
import { cn } from '@/lib/cn';
import { useDebounced } from '@/lib/hooks/use-debounced';
import { usePeopleNamed } from '../events/use-events';
import { PersonButton, type PersonPickerProps } from './person-picker';

/** The choice of one person that somebody has opened: open from the first. */
export function OpenedPersonPicker({
  label,
  personId,
  none,
  noneAllowed,
  className,
  onChange,
}: PersonPickerProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <PersonButton label={label} personId={personId} none={none} className={className} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className="z-50 w-64 rounded-lg border bg-raised shadow-float duration-100 data-[state=open]:animate-in data-[state=open]:fade-in"
        >
          <PersonList
            label={label}
            none={noneAllowed ? none : undefined}
            personId={personId}
            onChoose={(next) => {
              onChange(next);
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface Option {
  readonly id: PersonId | undefined;
  readonly name: string;
  readonly portraitUrl: string | null;
}

function PersonList(props: {
  readonly label: string;
  /** Undefined: somebody must be chosen. */
  readonly none: string | undefined;
  readonly personId: PersonId | undefined;
  readonly onChoose: (personId: PersonId | undefined) => void;
}) {
  const t = useTranslations('events');
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const people = usePeopleNamed(useDebounced(typed.trim(), 200), true);
  const nobody: Option[] =
    props.none !== undefined && typed.trim() === ''
      ? [{ id: undefined, name: props.none, portraitUrl: null }]
      : [];
  const options: readonly Option[] = [...nobody, ...(people.data ?? [])];
  const current = Math.min(active, options.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setActive((current + step + options.length) % options.length);
    else if (event.key === 'Enter' && options[current]) props.onChoose(options[current].id);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="border-b p-1.5">
        <Input
          role="combobox"
          aria-label={t('findPerson')}
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={options[current] ? `${listId}-${current}` : undefined}
          placeholder={t('findPerson')}
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} role="listbox" aria-label={props.label} className="max-h-72 overflow-y-auto p-1">
        {options.map((option, index) => (
          <li
            key={option.id ?? 'anyone'}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={option.id === props.personId}
            onPointerMove={() => setActive(index)}
            onClick={() => props.onChoose(option.id)}
            className={cn(
              'flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm',
              index === current && 'bg-hover',
            )}
          >
            {option.id && <Avatar name={option.name} src={option.portraitUrl} className="size-5" />}
            <span className="flex-1 truncate">{option.name}</span>
            {option.id === props.personId && <Check aria-hidden className="size-4 text-accent" />}
          </li>
        ))}
      </ul>
      {options.length === 0 && people.isSuccess && (
        <p role="status" className="px-3 pb-3 text-xs text-ink-faint">
          {t('nobodyFound')}
        </p>
      )}
    </>
  );
}
