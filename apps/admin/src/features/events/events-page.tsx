'use client';

import type { AccessEvent } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Activity, ArrowUp, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { DataTable } from '@/components/ui/table';
import { queryKeys } from '@/lib/api/query-keys';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { PageHeader } from '../shell/page-header';
import { type EventFilters, filtersOfUrl, isFiltered, queryOfFilters, urlOfFilters } from './event-filters';
import { useEventColumns } from './events-columns';
import { EventsToolbar } from './events-toolbar';
import { useEvents, useNewEventCount } from './use-events';

const EventPanel = lazyPart(() => import('./event-panel').then((m) => m.EventPanel), {
  isOpen: ({ event }) => event !== null,
});

/** The account of all that happened at the doors. */
export function EventsPage() {
  const t = useTranslations('events');
  const [url, changeUrl] = useUrlState();
  const address = url.toString();
  const filters = useMemo(() => filtersOfUrl(new URLSearchParams(address)), [address]);
  // Relative periods are reckoned when the filters change or the list is loaded anew, not with every drawing.
  const [asOf, setAsOf] = useState(() => new Date());
  const query = useMemo(() => queryOfFilters(filters, asOf), [filters, asOf]);
  const change = useCallback(
    (next: EventFilters) => {
      setAsOf(new Date());
      changeUrl(urlOfFilters(next));
    },
    [changeUrl],
  );

  const events = useEvents(query);
  const [newCount, clearNew] = useNewEventCount(query);
  const open = useCallback(({ id }: AccessEvent) => changeUrl({ event: id }), [changeUrl]);
  const columns = useEventColumns(open);
  const rows = events.data ?? NOTHING;
  const scroller = useRef<HTMLDivElement>(null);
  const cache = useQueryClient();
  const { fetchNextPage, refetch } = events;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const reload = () => {
    clearNew();
    scroller.current?.scrollTo({ top: 0 });
    setAsOf(new Date());
    void cache.invalidateQueries({ queryKey: queryKeys.events });
  };
  const isEmpty = events.isSuccess && rows.length === 0;
  const hasFailed = events.isError && !events.data;
  const lookedAt = url.get('event');

  return (
    <>
      <PageHeader title={t('title')}>
        <div role="status">
          {newCount > 0 && (
            <Button size="sm" onClick={reload} className="animate-in text-accent fade-in">
              <ArrowUp aria-hidden />
              {t('new', { count: newCount })}
            </Button>
          )}
        </div>
      </PageHeader>
      <EventsToolbar filters={filters} onChange={change} />
      <div
        ref={scroller}
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {hasFailed && <ErrorNotice error={events.error} onRetry={() => void refetch()} />}
        {isEmpty && isFiltered(filters) && (
          <Notice
            role="status"
            icon={<SearchX />}
            title={t('nothingFound')}
            action={<Button onClick={() => change({ period: 'any' })}>{t('clear')}</Button>}
          >
            {t('nothingFoundHint')}
          </Notice>
        )}
        {isEmpty && !isFiltered(filters) && (
          <Notice icon={<Activity />} title={t('empty')}>
            {t('emptyHint')}
          </Notice>
        )}
        {!isEmpty && !hasFailed && (
          <>
            <DataTable
              label={t('title')}
              columns={columns}
              rows={rows}
              placeholderRows={events.isPending ? 12 : 0}
            />
            <LoadMore
              hasMore={events.hasNextPage}
              pending={events.isFetchingNextPage}
              failed={events.isFetchNextPageError}
              onMore={more}
            />
          </>
        )}
      </div>
      <EventPanel
        event={lookedAt === null || events.isPending ? null : rows.find(({ id }) => id === lookedAt)}
        onClose={() => changeUrl({ event: undefined })}
      />
    </>
  );
}

const NOTHING: AccessEvent[] = [];
