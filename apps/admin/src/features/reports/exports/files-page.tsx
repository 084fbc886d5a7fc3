'use client';

import type { ReportExport } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { FileDown, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { reportKeys, reportsApi, useReportKinds } from '../reports-api';
import { ReportsFrame } from '../reports-frame';
import { ExportState } from './export-state';

/** The files that were made for whoever looks, with how far the others are. */
export function FilesPage() {
  const t = useTranslations('reports');
  const files = useQuery({ queryKey: reportKeys.exports, queryFn: reportsApi.exports });
  const [removing, setRemoving] = useState<ReportExport | null>(null);
  return (
    <ReportsFrame>
      {files.isError && !files.data && (
        <ErrorNotice error={files.error} onRetry={() => void files.refetch()} />
      )}
      {files.isPending && <Skeleton className="m-6 h-16" />}
      {files.data?.items.length === 0 && (
        <Notice icon={<FileDown />} title={t('filesEmpty')}>
          {t('filesEmptyHint')}
        </Notice>
      )}
      <ul aria-label={t('tab.files')} className="mx-auto max-w-4xl">
        {files.data?.items.map((made) => (
          <FileRow key={made.id} made={made} onRemove={() => setRemoving(made)} />
        ))}
      </ul>
      {removing && <RemoveFile made={removing} onClose={() => setRemoving(null)} />}
    </ReportsFrame>
  );
}

function FileRow({ made, onRemove }: { readonly made: ReportExport; readonly onRemove: () => void }) {
  const t = useTranslations('reports');
  const formats = useFormats();
  const kinds = useReportKinds();
  const name = kinds.data?.find(({ kind }) => kind === made.report.kind)?.title ?? made.report.kind;
  return (
    <li className="grid gap-2.5 border-b px-4 py-4 md:px-6">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
            {name}
            <Badge>{made.format.toUpperCase()}</Badge>
          </p>
          <p className="text-xs text-ink-faint">
            <time dateTime={made.createdAt} title={formats.full(made.createdAt)}>
              {formats.dateTime(made.createdAt)}
            </time>
            {' · '}
            {made.reason}
          </p>
        </div>
        <Button variant="ghost" size="icon" aria-label={t('deleteOf', { name })} onClick={onRemove}>
          <Trash2 aria-hidden />
        </Button>
      </div>
      <ExportState made={made} />
    </li>
  );
}

function RemoveFile({ made, onClose }: { readonly made: ReportExport; readonly onClose: () => void }) {
  const t = useTranslations('reports');
  const toaster = useToaster();
  const cache = useQueryClient();
  const remove = useMutation({
    mutationFn: () => reportsApi.removeExport(made.id),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: reportKeys.exports });
      toaster.done(t('fileDeleted'));
      onClose();
    },
  });
  return (
    <ConfirmAction
      title={t('fileDeleteTitle')}
      description={t('fileDeleteHint')}
      confirmLabel={t('delete')}
      action={remove}
      onClose={onClose}
    />
  );
}
