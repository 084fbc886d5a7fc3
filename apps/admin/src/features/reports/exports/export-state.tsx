'use client';

import type { Job, ReportExport } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { CircleAlert, Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { useJob } from '@/lib/hooks/use-job';
import { useMay } from '../../auth/use-may';
import { exportFileUrl, reportsApi } from '../reports-api';

/** How far an export is; once it is made, the file and what it is verified by. */
export function ExportState({ made }: { readonly made: ReportExport }) {
  const job = useJob(made.file ? null : made.jobId);
  const isDone = job.data?.state === 'done';
  const fresh = useQuery({
    queryKey: ['report-export', made.id, isDone],
    queryFn: (signal) => reportsApi.export(made.id, signal),
    enabled: isDone && made.file === null,
  });
  const file = made.file ?? fresh.data?.file;
  if (file) return <MadeFile id={made.id} file={file} />;
  if (!job.data) return <Skeleton className="h-5 w-40" />;
  return <Progress job={job.data} />;
}

function Progress({ job: { state, progress, error } }: { readonly job: Job }) {
  const t = useTranslations('reports');
  const { done, total } = progress;
  if (state === 'failed' || state === 'cancelled') {
    return (
      <p role="alert" className="flex gap-2 text-sm text-denied">
        <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        <span>
          {t(`state.${state}`)}
          {error && <span className="block text-xs">{error.detail ?? error.title}</span>}
        </span>
      </p>
    );
  }
  return (
    <div className="grid gap-1.5">
      <progress
        aria-label={t(`state.${state}`)}
        className="h-1.5 w-full overflow-hidden rounded-full accent-(--accent)"
        {...(total ? { value: Math.min(done, total), max: total } : {})}
      />
      <p role="status" className="text-xs text-ink-muted tabular-nums">
        {t(`state.${state}`)}
        {done > 0 && <> · {total ? t('progressOf', { done, total }) : t('progress', { done })}</>}
      </p>
    </div>
  );
}

interface MadeFileProps {
  readonly id: string;
  readonly file: NonNullable<ReportExport['file']>;
}

function MadeFile({ id, file }: MadeFileProps) {
  const t = useTranslations('reports');
  const format = useFormatter();
  const formats = useFormats();
  const mayAudit = useMay()('audit:read');
  const bytes = format.number(Math.max(1, Math.round(file.bytes / 1024)), {
    style: 'unit',
    unit: 'kilobyte',
  });
  return (
    <div className="grid gap-2.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button asChild variant="primary">
          <a href={exportFileUrl(id)} download>
            <Download aria-hidden />
            {t('download')}
          </a>
        </Button>
        <p role="status" className="text-xs text-ink-muted tabular-nums">
          <span className="sr-only">{t('made')}. </span>
          {t('size', { rows: file.rows, bytes })} · {t('keptUntil', { at: formats.date(file.keptUntil) })}
        </p>
      </div>
      <details className="text-xs">
        <summary className="cursor-pointer font-medium text-ink-muted hover:text-ink">{t('verify')}</summary>
        <dl className="mt-2 grid gap-1">
          <dt className="text-ink-faint">{t('sha')}</dt>
          <dd>
            <code className="break-all">{file.sha256}</code>
          </dd>
        </dl>
        <p className="mt-2 text-ink-muted">{t('verifyHint')}</p>
        {mayAudit && (
          <Link
            href={`/audit?period=any&subjectId=${id}`}
            className="mt-1 inline-block text-accent underline underline-offset-2"
          >
            {t('entry')}
          </Link>
        )}
      </details>
    </div>
  );
}
