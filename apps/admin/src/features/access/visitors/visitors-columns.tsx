'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useMemo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import type { VisitorRow } from './visitors-api';

/** What can be done with a visitor of the list. */
export type VisitorAction = 'extend' | 'end';

/** The columns of the list of visitors. */
export function useVisitorColumns(
  mayWrite: boolean,
  onAction: (action: VisitorAction, visitor: VisitorRow) => void,
): Column<VisitorRow>[] {
  const t = useTranslations('visitors');
  return useMemo(
    () => [
      {
        id: 'visitor',
        header: t('column.visitor'),
        cell: (visitor) => <Who visitor={visitor} />,
      },
      {
        id: 'host',
        header: t('column.host'),
        className: 'hidden w-1/5 truncate md:table-cell',
        cell: ({ host }) =>
          host ? (
            <Link prefetch={false} href={`/people/${host.id}`} className="underline-offset-2 hover:underline">
              {host.name}
            </Link>
          ) : (
            <span className="text-ink-faint">{t('noHost')}</span>
          ),
      },
      {
        id: 'time',
        header: t('column.time'),
        className: 'hidden w-64 text-ink-muted tabular-nums lg:table-cell',
        cell: (row) => <When visitor={row} />,
      },
      {
        id: 'state',
        header: t('column.state'),
        className: 'w-28',
        cell: (row) => <VisitState visitor={row} />,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-24 sm:w-44 pr-3 md:pr-5 text-right',
        cell: (visitor) =>
          mayWrite && (
            <span className="inline-flex flex-wrap justify-end gap-1.5">
              <Button size="sm" className="hidden sm:inline-flex" onClick={() => onAction('extend', visitor)}>
                {t('extend')}
              </Button>
              {visitor.endedAt === null && (
                <Button size="sm" onClick={() => onAction('end', visitor)}>
                  {t('end')}
                </Button>
              )}
            </span>
          ),
      },
    ],
    [t, mayWrite, onAction],
  );
}

function Who({ visitor: { person, purpose, company } }: { readonly visitor: VisitorRow }) {
  return (
    <span className="flex items-center gap-3">
      <Avatar name={person.name} src={person.portraitUrl} className="size-8" />
      <span className="min-w-0">
        <Link
          prefetch={false}
          href={`/people/${person.id}`}
          className="block truncate font-medium underline-offset-2 hover:underline"
        >
          {person.name}
        </Link>
        <span className="block truncate text-xs text-ink-faint">
          {[company, purpose].filter(Boolean).join(' · ')}
        </span>
      </span>
    </span>
  );
}

function When({ visitor: { person } }: { readonly visitor: VisitorRow }) {
  const formats = useFormats();
  const times = [person.validFrom, person.validUntil].map((at) =>
    at ? formats.dateTime(at).slice(0, -3) : '',
  );
  return times.join(' – ');
}

/** Doors check visitors in: the state follows from whether one has let them in since the beginning. */
function VisitState({ visitor: { person, endedAt } }: { readonly visitor: VisitorRow }) {
  const t = useTranslations('visitors');
  const formats = useFormats();
  if (endedAt !== null) return <Badge title={formats.full(endedAt)}>{t('state.ended')}</Badge>;
  const { lastGrantedAt, validFrom } = person;
  // What is kept of the last time is to the hour.
  const isHere =
    lastGrantedAt !== null && Date.parse(lastGrantedAt) >= Date.parse(validFrom ?? '') - 3_600_000;
  return isHere ? (
    <Badge tone="granted" title={t('seen', { at: formats.dateTime(lastGrantedAt) })}>
      {t('state.here')}
    </Badge>
  ) : (
    <Badge tone="accent">{t('state.expected')}</Badge>
  );
}
