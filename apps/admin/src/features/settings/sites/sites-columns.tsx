'use client';

import type { Site } from '@munjigi/contracts';
import { Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import type { Column } from '@/components/ui/table';
import { useNow } from '@/lib/hooks/use-now';
import { useMay } from '../../auth/use-may';
import { wallClock } from './wall-clock';

/** What can be done with a site of the list. */
export type SiteAction = 'change' | 'delete';

type Act = (action: SiteAction, site: Site) => void;

/** The columns of the list of sites. */
export function useSiteColumns(onAction: Act): Column<Site>[] {
  const t = useTranslations('sites');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (site) => (
          <span className="block min-w-0">
            <span className="block truncate font-medium">{site.name}</span>
            <span className="block truncate text-xs text-ink-faint sm:hidden">{site.timeZone}</span>
          </span>
        ),
      },
      {
        id: 'zone',
        header: t('column.zone'),
        className: 'hidden w-1/3 sm:table-cell text-ink-muted',
        cell: (site) => (
          <>
            {site.timeZone} <Clock timeZone={site.timeZone} />
          </>
        ),
      },
      {
        id: 'doors',
        header: t('column.doors'),
        className: 'w-20 md:w-28 tabular-nums text-ink-muted',
        cell: (row) => row.doorCount,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-24 pr-3 md:pr-5 text-right',
        cell: (row) => <Actions site={row} onAction={onAction} />,
      },
    ],
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
