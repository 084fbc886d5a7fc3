'use client';

import type { Door } from '@munjigi/contracts';
import { HardDrive, Link2, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Segmented } from '@/components/ui/segmented';
import { DataTable } from '@/components/ui/table';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../auth/use-may';
import { useDoors } from '../live/use-live-data';
import { useOverview } from '../overview/use-overview';
import { PageHeader } from '../shell/page-header';
import { useDeviceColumns } from './devices-columns';
import { worriesOf } from './health-text';

const PairDialog = lazyPart(() => import('./pair-dialog').then((m) => m.PairDialog));

const VIEWS = ['all', 'attention', 'unpaired'] as const;

type View = (typeof VIEWS)[number];

/** The computers at the doors: how each does, and how another comes in. */
export function DevicesPage() {
  const t = useTranslations('devices');
  const may = useMay();
  const doors = useDoors();
  const overview = useOverview();
  const [url, changeUrl] = useUrlState();
  const [pairing, setPairing] = useState<{ readonly door: Door | null } | null>(null);
  const view: View = VIEWS.find((each) => each === url.get('view')) ?? 'all';
  const behind = useMemo(
    () => new Map<string, number>(overview.data?.behind.map(({ doorId, changes }) => [doorId, changes])),
    [overview.data],
  );
  const rows = useMemo(
    () => (doors.data ?? []).filter((door) => isInView(door, view, behind)),
    [doors.data, view, behind],
  );
  const startPairing = useCallback((door: Door) => setPairing({ door }), []);
  const columns = useDeviceColumns(behind, startPairing);
  const all = doors.data ?? [];
  return (
    <>
      <PageHeader title={t('title')} note={all.length > 0 && t('count', { count: all.length })}>
        {may('doors:write') && (
          <Button variant="primary" onClick={() => setPairing({ door: null })}>
            <Link2 aria-hidden />
            {t('pair')}
          </Button>
        )}
      </PageHeader>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6">
        <Segmented
          label={t('filters')}
          value={view}
          onChange={(next) => changeUrl({ view: next === 'all' ? undefined : next })}
          options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
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
          <Notice icon={<HardDrive />} title={t('empty')}>
            {t('emptyHint')}
          </Notice>
        )}
        {all.length > 0 && rows.length === 0 && (
          <Notice
            role="status"
            icon={<SearchX />}
            title={t('nothingFound')}
            action={<Button onClick={() => changeUrl({ view: undefined })}>{t('showAll')}</Button>}
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
      {pairing && <PairDialog doors={all} door={pairing.door} onClose={() => setPairing(null)} />}
    </>
  );
}

function isInView(door: Door, view: View, behind: ReadonlyMap<string, number>): boolean {
  if (view === 'all') return true;
  const { state, health = null } = door.device ?? { state: 'unpaired' };
  if (view === 'unpaired') return state !== 'paired';
  return !door.online || behind.has(door.id) || (health !== null && worriesOf(health).length > 0);
}
