'use client';

import type { AuditEntry } from '@munjigi/contracts';
import { Bot, Cpu, DoorClosed, UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { useActionWords } from './use-action-words';

const ACTOR_ICONS = { administrator: UserRound, token: Bot, device: DoorClosed, system: Cpu } as const;

/** The columns of the account. */
export function useAuditColumns(onOpen: (entry: AuditEntry) => void): Column<AuditEntry>[] {
  const t = useTranslations('audit');
  return useMemo(
    () => [
      {
        id: 'time',
        header: t('column.time'),
        className: 'hidden w-44 sm:table-cell text-ink-muted tabular-nums',
        cell: (row) => <EntryTime entry={row} />,
      },
      {
        id: 'action',
        header: t('column.action'),
        cell: (row) => <EntryAction entry={row} onOpen={onOpen} />,
      },
      {
        id: 'actor',
        header: t('column.actor'),
        className: 'hidden w-1/4 md:table-cell',
        cell: (row) => <Actor entry={row} />,
      },
      {
        id: 'reason',
        header: t('column.reason'),
        className: 'hidden w-1/5 truncate xl:table-cell text-ink-muted',
        cell: (row) => row.reason,
      },
      {
        id: 'position',
        header: t('column.position'),
        className: 'hidden w-28 pr-6 lg:table-cell text-right text-ink-faint tabular-nums',
        cell: (row) => t('position', { count: row.position }),
      },
    ],
    [t, onOpen],
  );
}

function EntryTime({ entry: { at } }: { readonly entry: AuditEntry }) {
  const formats = useFormats();
  return (
    <time dateTime={at} title={formats.full(at)}>
      {formats.dateTime(at)}
    </time>
  );
}

/** Who did it, with what kind of actor they are. */
export function Actor({ entry: { actor } }: { readonly entry: AuditEntry }) {
  const t = useTranslations('audit');
  const Icon = ACTOR_ICONS[actor.kind];
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <span className="sr-only">{t(`kind.${actor.kind}`)}</span>
      <span className="truncate">{actor.name}</span>
    </span>
  );
}

interface EntryActionProps {
  readonly entry: AuditEntry;
  readonly onOpen: (entry: AuditEntry) => void;
}

function EntryAction({ entry, onOpen }: EntryActionProps) {
  const words = useActionWords();
  return (
    <span className="block min-w-0">
      <button
        type="button"
        className="max-w-full truncate rounded-sm text-left font-medium hover:underline"
        onClick={() => onOpen(entry)}
      >
        {words(entry.action)}
      </button>
      <span className="mt-0.5 flex min-w-0 gap-2 text-xs text-ink-faint sm:hidden">
        <EntryTime entry={entry} />
      </span>
      <span className="block text-xs text-ink-muted md:hidden">
        <Actor entry={entry} />
      </span>
    </span>
  );
}
