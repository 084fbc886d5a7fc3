'use client';

import type { Person } from '@munjigi/contracts';
import { Activity, Ellipsis, ImagePlus, Pencil, ScanFace, Trash2, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';

/** What can be done with a person of the list. */
export type PersonAction = 'photo' | 'rename' | 'delete';

type Act = (action: PersonAction, person: Person) => void;

/** The columns of the list of people. */
export function usePeopleColumns(onAction: Act): Column<Person>[] {
  const t = useTranslations('people');
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (person) => (
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
              <span className="mt-0.5 flex gap-1.5 sm:hidden">
                <Templates person={person} />
                <Status person={person} />
              </span>
            </span>
          </span>
        ),
      },
      {
        id: 'templates',
        header: t('column.templates'),
        className: 'hidden w-1/4 sm:table-cell',
        cell: (row) => (
          <span className="flex gap-1.5">
            <Templates person={row} />
            <Status person={row} />
          </span>
        ),
      },
      {
        id: 'created',
        header: t('column.created'),
        className: 'hidden w-1/4 md:table-cell text-ink-muted tabular-nums',
        cell: (person) => (
          <time dateTime={person.createdAt} title={formats.full(person.createdAt)}>
            {formats.date(person.createdAt)}
          </time>
        ),
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-14 pr-3 md:pr-5 text-right',
        cell: (row) => <PersonMenu person={row} onAction={onAction} />,
      },
    ],
    [t, formats, onAction],
  );
}

/** How many views of the face doors compare with; a warning when there is none. */
function Templates({ person }: { readonly person: Person }) {
  const t = useTranslations('people');
  const count = person.templates.length;
  if (count === 0) {
    return (
      <Badge tone="caution">
        <TriangleAlert aria-hidden />
        {t('noTemplates')}
      </Badge>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 align-middle text-ink-muted tabular-nums">
      <ScanFace aria-hidden className="size-3.5 text-ink-faint" />
      {t('templates', { count })}
    </span>
  );
}

/** Why no door lets them in, whatever their groups may; nothing for those who are active. */
function Status({ person: { status } }: { readonly person: Person }) {
  const t = useTranslations('personStatus');
  return status !== 'active' && <Badge tone="denied">{t(status)}</Badge>;
}

function PersonMenu({ person, onAction }: { readonly person: Person; readonly onAction: Act }) {
  const t = useTranslations('people');
  const router = useRouter();
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('actionsFor', { name: person.name })}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      <MenuItem onSelect={() => onAction('photo', person)}>
        <ImagePlus aria-hidden />
        {t('action.photo')}
      </MenuItem>
      <MenuItem onSelect={() => onAction('rename', person)}>
        <Pencil aria-hidden />
        {t('action.rename')}
      </MenuItem>
      <MenuItem onSelect={() => router.push(`/events?personId=${person.id}`)}>
        <Activity aria-hidden />
        {t('action.events')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger onSelect={() => onAction('delete', person)}>
        <Trash2 aria-hidden />
        {t('action.delete')}
      </MenuItem>
    </Menu>
  );
}
