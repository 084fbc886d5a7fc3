'use client';

import type { AuditEntry } from '@munjigi/contracts';
import { ScrollText, SearchX, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { DataTable } from '@/components/ui/table';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { PageHeader } from '../shell/page-header';
import { useAuditColumns } from './audit-columns';
import { type AuditFilters, filtersOfUrl, isFiltered, queryOfFilters, urlOfFilters } from './audit-filters';
import { AuditToolbar } from './audit-toolbar';
import { ChainState } from './chain-state';
import { useAudit } from './use-audit';

const AuditPanel = lazyPart(() => import('./audit-panel').then((m) => m.AuditPanel));
const VerifyDialog = lazyPart(() => import('./verify-dialog').then((m) => m.VerifyDialog));

/** The account of who did what, and whether it is as it was written. */
export function AuditPage() {
  const t = useTranslations('audit');
  const events = useTranslations('events');
  const [url, changeUrl] = useUrlState();
  const address = url.toString();
  const filters = useMemo(() => filtersOfUrl(new URLSearchParams(address)), [address]);
  // Relative periods are reckoned when the filters change, not with every drawing.
  const [asOf, setAsOf] = useState(() => new Date());
  const query = useMemo(() => queryOfFilters(filters, asOf), [filters, asOf]);
  const change = useCallback(
    (next: AuditFilters) => {
      setAsOf(new Date());
      changeUrl(urlOfFilters(next));
    },
    [changeUrl],
  );
  const [open, setOpen] = useState<AuditEntry | null>(null);
  const [verifying, setVerifying] = useState(false);

  const audit = useAudit(query);
  const columns = useAuditColumns(setOpen);
  const rows = audit.data ?? NOTHING;
  const { fetchNextPage, refetch } = audit;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const isEmpty = audit.isSuccess && rows.length === 0;
  const hasFailed = audit.isError && !audit.data;

  return (
    <>
      <PageHeader title={t('title')} note={<ChainState />}>
        <Button onClick={() => setVerifying(true)}>
          <ShieldCheck aria-hidden />
          {t('verifyShort')}
        </Button>
      </PageHeader>
      <AuditToolbar filters={filters} onChange={change} />
      <div
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="relative min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {hasFailed && <ErrorNotice error={audit.error} onRetry={() => void refetch()} />}
        {isEmpty && (
          <Notice
            role="status"
            icon={isFiltered(filters) ? <SearchX /> : <ScrollText />}
            title={t(isFiltered(filters) ? 'nothingFound' : 'empty')}
            action={
              isFiltered(filters) && (
                <Button onClick={() => change({ period: 'any' })}>{events('clear')}</Button>
              )
            }
          >
            {t(isFiltered(filters) ? 'nothingFoundHint' : 'emptyHint')}
          </Notice>
        )}
        {!isEmpty && !hasFailed && (
          <>
            <DataTable
              label={t('title')}
              columns={columns}
              rows={rows}
              placeholderRows={audit.isPending ? 12 : 0}
            />
            <LoadMore
              hasMore={audit.hasNextPage}
              pending={audit.isFetchingNextPage}
              failed={audit.isFetchNextPageError}
              onMore={more}
            />
          </>
        )}
      </div>
      {open && (
        <AuditPanel
          entry={open}
          onClose={() => setOpen(null)}
          onNarrow={(next) => {
            setOpen(null);
            change(next);
          }}
        />
      )}
      {verifying && <VerifyDialog onClose={() => setVerifying(false)} />}
    </>
  );
}

const NOTHING: AuditEntry[] = [];
