'use client';

import type { PersonId } from '@munjigi/contracts';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ComponentProps } from 'react';
import { selectClasses } from '@/components/ui/select';
import { cn } from '@/lib/cn';
import { useOpened } from '@/lib/hooks/use-opened';
import { usePerson } from '../events/use-events';

export interface PersonPickerProps {
  readonly label: string;
  readonly personId: PersonId | undefined;
  /** What is shown, and can be chosen, for nobody in particular. */
  readonly none: string;
  /** Undefined can be chosen only where this is set. */
  readonly noneAllowed?: boolean;
  readonly className?: string;
  readonly onChange: (personId: PersonId | undefined) => void;
}

const loadOpened = () => import('./opened-person-picker');

/** Chooses one person among all, by typing part of the name. Until it is opened it is a button and no more. */
export function PersonPicker(props: PersonPickerProps) {
  const { opened, opener } = useOpened(loadOpened);
  if (opened) return <opened.OpenedPersonPicker {...props} />;
  const { label, personId, none, className } = props;
  return (
    <PersonButton
      label={label}
      personId={personId}
      none={none}
      className={className}
      aria-haspopup="dialog"
      aria-expanded={false}
      {...opener}
    />
  );
}

type PersonButtonProps = Pick<PersonPickerProps, 'label' | 'personId' | 'none'> & ComponentProps<'button'>;

/** The button that says who is chosen. */
export function PersonButton({ label, personId, none, className, ...props }: PersonButtonProps) {
  const t = useTranslations('events');
  const person = usePerson(personId);
  const chosen = personId === undefined ? none : (person.data?.name ?? t('somebody'));
  return (
    <button
      type="button"
      aria-label={`${label}: ${chosen}`}
      className={cn(selectClasses, className)}
      {...props}
    >
      <span className="max-w-40 truncate">{chosen}</span>
      <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-faint" />
    </button>
  );
}
