'use client';

import type { Alarm } from '@munjigi/contracts';
import { BellOff, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { DataTable } from '@/components/ui/table';
import { useToaster } from '@/components/ui/toast';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';
import { type AlarmFilters, filtersOfUrl, isFiltered, queryOfFilters, urlOfFilters } from './alarm-filters';
import { useAlarmColumns } from './alarms-columns';
import { AlarmsToolbar } from './alarms-toolbar';
import { useAlarms, useHandleAlarm } from './use-alarms';

const AlarmPanel = lazyPart(() => import('./alarm-panel').then((m) => m.AlarmPanel), {
  isOpen: ({ id }) => id !== undefined,
});

/** What somebody must look at, and what became of it. */
export function AlarmsPage() {
  const t = useTranslations('alarms');
  const may = useMay();
  const toaster = useToaster();
  const [url, changeUrl] = useUrlState();
  const address = url.toString();
  const filters = useMemo(() => filtersOfUrl(new URLSearchParams(address)), [address]);
  const query = useMemo(() => queryOfFilters(filters), [filters]);
  const change = useCallback((next: AlarmFilters) => changeUrl(urlOfFilters(next)), [changeUrl]);
  const open = useCallback((alarm: Alarm) => changeUrl({ alarm: alarm.id }), [changeUrl]);
  const { mutate } = useHandleAlarm();
  const acknowledge = useCallback(
    ({ id }: Alarm) =>
      mutate(
        { id, step: 'acknowledge' },
        { onSuccess: () => toaster.done(t('done.acknowledge')), onError: toaster.failed },
      ),
    [mutate, toaster, t],
  );

  const alarms = useAlarms(query);
  const columns = useAlarmColumns({
    onOpen: open,
    onAcknowledge: may('alarms:write') ? acknowledge : undefined,
  });
  const rows = alarms.data ?? NOTHING;
  const { fetchNextPage } = alarms;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const isEmpty = alarms.isSuccess && rows.length === 0;
  const hasFailed = alarms.isError && !alarms.data;

  return (
    <>
      <PageHeader title={t('title')} />
      <AlarmsToolbar filters={filters} onChange={change} />
      <div
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {hasFailed && <ErrorNotice error={alarms.error} onRetry={() => void alarms.refetch()} />}
        {isEmpty && isFiltered(filters) && (
          <Notice
            role="status"
            icon={<SearchX />}
            title={t('nothingFound')}
            action={<Button onClick={() => change({ view: filters.view })}>{t('clear')}</Button>}
          >
            {t('nothingFoundHint')}
          </Notice>
        )}
        {isEmpty && !isFiltered(filters) && (
          <Notice icon={<BellOff />} title={t(filters.view === 'open' ? 'emptyOpen' : 'empty')}>
            {t('emptyHint')}
          </Notice>
        )}
        {!isEmpty && !hasFailed && (
          <>
            <DataTable
              label={t('title')}
              columns={columns}
              rows={rows}
              placeholderRows={alarms.isPending ? 8 : 0}
            />
            <LoadMore
              hasMore={alarms.hasNextPage}
              pending={alarms.isFetchingNextPage}
              failed={alarms.isFetchNextPageError}
              onMore={more}
            />
          </>
        )}
      </div>
      <AlarmPanel id={filters.alarmId} onClose={() => changeUrl({ alarm: undefined })} />
    </>
  );
}

const NOTHING: Alarm[] = [];
