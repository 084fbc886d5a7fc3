'use client';

import type { Person } from '@munjigi/contracts';
import { Plus, SearchX, Upload, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SearchInput } from '@/components/ui/search-input';
import { DataTable } from '@/components/ui/table';
import { useDebounced } from '@/lib/hooks/use-debounced';
import { useRowWindow } from '@/lib/hooks/use-row-window';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';
import { BulkBar } from './bulk/bulk-bar';
import { useChosen } from './bulk/use-chosen';
import { type PersonAction, usePeopleColumns } from './people-columns';
import { usePeople } from './use-people';

const AddPersonDialog = lazyPart(() => import('./add-person-dialog').then((m) => m.AddPersonDialog));
const AddPhotoDialog = lazyPart(() => import('./add-photo-dialog').then((m) => m.AddPhotoDialog));
const DeletePersonDialog = lazyPart(() => import('./delete-person-dialog').then((m) => m.DeletePersonDialog));
const RenamePersonDialog = lazyPart(() => import('./rename-person-dialog').then((m) => m.RenamePersonDialog));

const SEARCH_DELAY_MS = 250;

/** Everybody who is enrolled, or is to be. */
export function PeoplePage() {
  const t = useTranslations('people');
  const [url, changeUrl] = useUrlState();
  const [typed, setTyped] = useState(url.get('search') ?? '');
  const search = useDebounced(typed.trim(), SEARCH_DELAY_MS);
  useEffect(() => changeUrl({ search }, 'replace'), [search, changeUrl]);

  const may = useMay();
  const people = usePeople(search);
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<{ action: PersonAction; person: Person } | null>(null);
  const act = useCallback((action: PersonAction, person: Person) => setChosen({ action, person }), []);
  const rows = people.data?.people ?? NOBODY;
  const scroller = useRef<HTMLDivElement>(null);
  const view = useRowWindow(scroller, rows.length);
  const { first, last } = view;
  // The table is given what is drawn alone: of 100,000 rows it would make as many objects with every page.
  const drawn = useMemo(() => rows.slice(first, last), [rows, first, last]);
  const { chosen: many, clear, choose } = useChosen(rows);
  const own = usePeopleColumns(act);
  const mayWrite = may('people:write');
  const columns = useMemo(() => (mayWrite ? [choose, ...own] : own), [mayWrite, choose, own]);
  const isEmpty = people.isSuccess && rows.length === 0;
  const { fetchNextPage } = people;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const close = () => setChosen(null);

  return (
    <>
      <PageHeader title={t('title')} note={people.data && t('total', { count: people.data.total })}>
        <SearchInput label={t('search')} value={typed} onChange={setTyped} className="hidden w-64 md:block" />
        {may('people:import') && (
          <Button asChild>
            <Link href="/people/import">
              <Upload aria-hidden />
              <span className="sr-only sm:not-sr-only">{t('import')}</span>
            </Link>
          </Button>
        )}
        {mayWrite && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        )}
      </PageHeader>
      <div className="border-b px-4 py-2 md:hidden">
        <SearchInput label={t('search')} value={typed} onChange={setTyped} />
      </div>
      <BulkBar chosen={many} onClear={clear} />
      <div
        ref={scroller}
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        {people.isError && !people.data && (
          <ErrorNotice error={people.error} onRetry={() => void people.refetch()} />
        )}
        {isEmpty && search !== '' && (
          <Notice icon={<SearchX />} title={t('nothingFound', { search })} role="status">
            {t('nothingFoundHint')}
          </Notice>
        )}
        {isEmpty && search === '' && (
          <Notice
            icon={<UsersRound />}
            title={t('empty')}
            action={
              mayWrite && (
                <Button variant="primary" onClick={() => setAdding(true)}>
                  <Plus aria-hidden />
                  {t('add')}
                </Button>
              )
            }
          >
            {t('emptyHint')}
          </Notice>
        )}
        {!isEmpty && !(people.isError && !people.data) && (
          <>
            <DataTable
              label={t('title')}
              columns={columns}
              rows={drawn}
              placeholderRows={people.isPending ? 10 : 0}
              window={{ ...view, count: rows.length }}
            />
            <LoadMore
              hasMore={people.hasNextPage}
              pending={people.isFetchingNextPage}
              failed={people.isFetchNextPageError}
              onMore={more}
            />
          </>
        )}
      </div>
      <AddPersonDialog open={adding} onClose={() => setAdding(false)} />
      {chosen?.action === 'photo' && <AddPhotoDialog person={chosen.person} onClose={close} />}
      {chosen?.action === 'rename' && <RenamePersonDialog person={chosen.person} onClose={close} />}
      {chosen?.action === 'delete' && <DeletePersonDialog person={chosen.person} onClose={close} />}
    </>
  );
}

const NOBODY: Person[] = [];
