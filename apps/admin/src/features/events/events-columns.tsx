'use client';

import type { AccessEvent } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import type { Column } from '@/components/ui/table';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import { OutcomeBadge, useSubject } from '../live/outcome';

/** The columns of the list of events; one is looked at by its person's name. */
export function useEventColumns(onOpen: (event: AccessEvent) => void): Column<AccessEvent>[] {
  const t = useTranslations('events');
  const reason = useTranslations('reason');
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'time',
        header: t('column.time'),
        className: 'hidden w-44 sm:table-cell text-ink-muted tabular-nums',
        cell: (row) => <EventTime event={row} />,
      },
      {
        id: 'person',
        header: t('column.person'),
        className: 'max-sm:pl-4',
        cell: (row) => <Subject event={row} onOpen={onOpen} />,
      },
      {
        id: 'door',
        header: t('column.door'),
        className: 'hidden sm:table-cell truncate text-ink-muted',
        cell: (row) => row.door.name,
      },
      {
        id: 'outcome',
        header: t('column.outcome'),
        className: 'w-28',
        cell: (row) => <OutcomeBadge outcome={row.outcome} />,
      },
      {
        id: 'reason',
        header: t('column.reason'),
        className: 'hidden w-56 lg:table-cell truncate text-ink-muted',
        cell: (row) => reason(row.reason),
      },
      {
        id: 'similarity',
        header: t('column.similarity'),
        className: 'hidden w-36 md:table-cell',
        cell: (row) => <Similarity event={row} text={formats.similarity} none={t('none')} />,
      },
    ],
    [t, reason, formats, onOpen],
  );
}

function EventTime({ event }: { readonly event: AccessEvent }) {
  const formats = useFormats();
  return (
    <time dateTime={event.occurredAt} title={formats.full(event.occurredAt)}>
      {formats.dateTime(event.occurredAt)}
    </time>
  );
}

/** Who it was; on a narrow screen with the door and the time, whose columns are left out there. */
function Subject({
  event,
  onOpen,
}: {
  readonly event: AccessEvent;
  readonly onOpen: (event: AccessEvent) => void;
}) {
  const subject = useSubject();
  return (
    <button
      type="button"
      onClick={() => onOpen(event)}
      className="flex w-full items-center gap-3 rounded-md text-left"
    >
      <Avatar name={event.person?.name ?? null} src={event.person?.portraitUrl ?? null} className="size-8" />
      <span className="min-w-0">
        <span className={cn('block truncate font-medium', !event.person && 'text-ink-muted')}>
          {subject(event)}
        </span>
        <span className="block truncate text-xs text-ink-faint tabular-nums sm:hidden">
          {event.door.name} · <EventTime event={event} />
        </span>
      </span>
    </button>
  );
}

/** How alike the face and the best person were: a number, and a bar to compare rows by. */
function Similarity(props: {
  readonly event: AccessEvent;
  readonly text: (value: number) => string;
  readonly none: string;
}) {
  const { similarity, outcome } = props.event;
  if (similarity === null) return <span className="text-ink-faint">{props.none}</span>;
  return (
    <span className="flex items-center gap-2 tabular-nums">
      <span className="w-9 text-ink-muted">{props.text(similarity)}</span>
      <span aria-hidden className="h-1 w-16 overflow-hidden rounded-full bg-hover">
        <span
          className={cn('block h-full rounded-full', outcome === 'granted' ? 'bg-granted' : 'bg-ink-faint')}
          style={{ width: `${Math.max(0, similarity) * 100}%` }}
        />
      </span>
    </span>
  );
}
