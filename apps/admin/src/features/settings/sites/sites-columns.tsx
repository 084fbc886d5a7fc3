'use client';

import type { Site } from '@munjigi/contracts';
import { type ColumnDef, createColumnHelper } from '@tanstack/react-table';
import { Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { useNow } from '@/lib/hooks/use-now';
import { useMay } from '../../auth/use-may';
import { wallClock } from './wall-clock';

/** What can be done with a site of the list. */
export type SiteAction = 'change' | 'delete';

type Act = (action: SiteAction, site: Site) => void;

const column = createColumnHelper<Site>();

/** The columns of the list of sites. */
export function useSiteColumns(onAction: Act): ColumnDef<Site>[] {
  const t = useTranslations('sites');
  return useMemo(
    () =>
      [
        column.display({
          id: 'name',
          header: t('column.name'),
          cell: ({ row: { original: site } }) => (
            <span className="block min-w-0">
              <span className="block truncate font-medium">{site.name}</span>
              <span className="block truncate text-xs text-ink-faint sm:hidden">{site.timeZone}</span>
            </span>
          ),
        }),
        column.display({
          id: 'zone',
          header: t('column.zone'),
          meta: { className: 'hidden w-1/3 sm:table-cell text-ink-muted' },
          cell: ({ row: { original: site } }) => (
            <>
              {site.timeZone} <Clock timeZone={site.timeZone} />
            </>
          ),
        }),
        column.display({
          id: 'doors',
          header: t('column.doors'),
          meta: { className: 'w-20 md:w-28 tabular-nums text-ink-muted' },
          cell: ({ row }) => row.original.doorCount,
        }),
        column.display({
          id: 'actions',
          header: () => <span className="sr-only">{t('column.actions')}</span>,
          meta: { className: 'w-24 pr-3 md:pr-5 text-right' },
          cell: ({ row }) => <Actions site={row.original} onAction={onAction} />,
        }),
      ] as ColumnDef<Site>[],
    [t, onAction],
  );
}

/** What the clock on the site's wall shows. */
function Clock({ timeZone }: { readonly timeZone: string }) {
  const now = useNow();
  return <span className="ml-1 text-xs text-ink-faint tabular-nums">{wallClock(now, timeZone)}</span>;
}

function Actions({ site, onAction }: { readonly site: Site; readonly onAction: Act }) {
  const t = useTranslations('sites');
  const may = useMay();
  if (!may('sites:write', site.id)) return null;
  const { name } = site;
  return (
    <span className="flex justify-end">
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('changeOf', { name })}
        onClick={() => onAction('change', site)}
      >
        <Pencil aria-hidden />
      </Button>
      {may('sites:write', null) && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('deleteOf', { name })}
          onClick={() => onAction('delete', site)}
        >
          <Trash2 aria-hidden />
        </Button>
      )}
    </span>
  );
}
