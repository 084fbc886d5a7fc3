'use client';

import type { Door } from '@munjigi/contracts';
import { DoorClosed, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { SearchInput } from '@/components/ui/search-input';
import { Segmented } from '@/components/ui/segmented';
import { type Column, DataTable } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { useDoors } from '../../live/use-live-data';
import { PageHeader } from '../../shell/page-header';
import { useOverview } from '../../overview/use-overview';
import { DoorsTabs } from '../doors-tabs';
import { DoorBadges } from './door-badges';
import { DOOR_VIEWS, type DoorView, isInView } from './door-groups';

/** Views that are always offered; another one is, while it is looked at. */
const OFFERED: readonly DoorView[] = ['all', 'attention', 'offline'];

/** All doors with how each stands. */
export function DoorsPage() {
  const t = useTranslations('doors');
  const live = useTranslations('live');
  const [url, changeUrl] = useUrlState();
  const view: DoorView = DOOR_VIEWS.find((each) => each === url.get('view')) ?? 'all';
  const overview = useOverview({ enabled: view === 'behind' });
  const behind = useMemo(
    () => new Set<string>(overview.data?.behind.map(({ doorId }) => doorId)),
    [overview.data],
  );
  const search = url.get('search') ?? '';
  const doors = useDoors();
  const rows = useMemo(
    () =>
      (doors.data ?? []).filter(
        (door) =>
          isInView(door, view, behind) &&
          `${door.name} ${door.site.name}`.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
      ),
    [doors.data, view, behind, search],
  );
  const columns = useDoorColumns();
  const all = doors.data ?? [];
  return (
    <>
      <PageHeader
        title={t('title')}
        note={
          all.length > 0 &&
          live('count', { count: all.length, online: all.filter(({ online }) => online).length })
        }
      />
      <DoorsTabs />
      <div
        role="group"
        aria-label={t('filters')}
        className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6"
      >
        <Segmented
          label={t('filters')}
          value={view}
          onChange={(next) => changeUrl({ view: next === 'all' ? undefined : next })}
          options={(OFFERED.includes(view) ? OFFERED : [...OFFERED, view]).map((value) => ({
            value,
            label: t(`view.${value}`),
          }))}
        />
        <SearchInput
          label={t('search')}
          value={search}
          onChange={(next) => changeUrl({ search: next }, 'replace')}
          className="w-full sm:w-64"
        />
      </div>
      <div
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {doors.isError && !doors.data && (
          <ErrorNotice error={doors.error} onRetry={() => void doors.refetch()} />
        )}
        {doors.isSuccess && all.length === 0 && (
          <Notice icon={<DoorClosed />} title={live('empty')}>
            {live('emptyHint')}
          </Notice>
        )}
        {all.length > 0 && rows.length === 0 && (
          <Notice
            role="status"
            icon={<SearchX />}
            title={t('nothingFound')}
            action={
              <Button onClick={() => changeUrl({ view: undefined, search: undefined })}>{t('clear')}</Button>
            }
          />
        )}
        {(doors.isPending || rows.length > 0) && (
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            placeholderRows={doors.isPending ? 6 : 0}
          />
        )}
      </div>
    </>
  );
}

function useDoorColumns(): Column<Door>[] {
  const t = useTranslations('doors');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (door) => (
          <>
            <Link
              href={`/doors/${door.id}`}
              className="block truncate font-medium underline-offset-2 hover:underline"
            >
              {door.name}
            </Link>
            <span className="block truncate text-xs text-ink-faint">{door.site.name}</span>
          </>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        className: 'w-[45%]',
        cell: (row) => <DoorBadges door={row} />,
      },
      {
        id: 'seen',
        header: t('column.seen'),
        className: 'hidden w-36 md:table-cell text-ink-muted tabular-nums',
        cell: (row) => <Seen door={row} />,
      },
      {
        id: 'version',
        header: t('column.version'),
        className: 'hidden w-36 lg:table-cell truncate text-ink-muted tabular-nums',
        cell: (row) => row.device?.agentVersion,
      },
    ],
    [t],
  );
}

function Seen({ door }: { readonly door: Door }) {
  const t = useTranslations('doors');
  const formats = useFormats();
  const nowMs = useNow();
  if (door.online) return t('now');
  if (door.lastSeenAt === null) return t('never');
  return (
    <time dateTime={door.lastSeenAt} title={formats.full(door.lastSeenAt)}>
      {formats.ago(door.lastSeenAt, nowMs)}
    </time>
  );
}
