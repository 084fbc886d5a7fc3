'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { SettingsColumn } from '../../settings/section';
import { PageHeader } from '../../shell/page-header';
import { ChooseFiles } from './choose-files';
import { ImportResult } from './import-result';
import { importKey, importsApi, useImport } from './imports-api';

const ImportPlanForm = lazyPart(() => import('./import-plan-form').then((m) => m.ImportPlanForm));

/** Imports people from a table: uploaded, looked at before anything is written, then started and followed. */
export function ImportPage() {
  const t = useTranslations('imports');
  const [url, changeUrl] = useUrlState();
  const id = url.get('id');
  return (
    <>
      <PageHeader title={t('title')}>
        <Button asChild>
          <Link href="/people">{t('toPeople')}</Link>
        </Button>
      </PageHeader>
      <div
        role="region"
        aria-label={t('title')}
        tabIndex={0}
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <SettingsColumn>
          {id === null ? (
            <ChooseFiles onUploaded={(uploaded) => changeUrl({ id: uploaded })} />
          ) : (
            <Import id={id} onAgain={() => changeUrl({ id: undefined })} />
          )}
        </SettingsColumn>
      </div>
    </>
  );
}

function Import({ id, onAgain }: { readonly id: string; readonly onAgain: () => void }) {
  const t = useTranslations('imports');
  const cache = useQueryClient();
  const made = useImport(id, true);
  if (made.isError && !made.data) {
    return (
      <div>
        <ErrorNotice error={made.error} onRetry={() => void made.refetch()} />
        <p className="text-center">
          <Button onClick={onAgain}>{t('again')}</Button>
        </p>
      </div>
    );
  }
  if (!made.data) return <Skeleton className="h-40" />;
  if (made.data.state !== 'uploaded') return <ImportResult made={made.data} onAgain={onAgain} />;
  return (
    <ImportPlanForm
      made={made.data}
      onStarted={() => void cache.invalidateQueries({ queryKey: importKey(id) })}
      onDiscard={() => {
        // It is forgotten by itself later; that it cannot be deleted now keeps nobody here.
        void importsApi.remove(id).catch(() => undefined);
        onAgain();
      }}
    />
  );
}
