'use client';

import type { ReportKind } from '@munjigi/contracts';
import { Bookmark, ChartColumn, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useCode } from '@/lib/hooks/use-code';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { draftOfUrl, urlOfDraft } from '../report-draft';
import { useReportKinds } from '../reports-api';
import { ReportsFrame } from '../reports-frame';
import { PreviewTable } from './preview-table';
import { ReportFilters } from './report-filters';

const ReportChartPanel = lazyPart(() => import('../chart/report-chart').then((m) => m.ReportChartPanel));
const ExportDialog = lazyPart(() => import('../exports/export-dialog').then((m) => m.ExportDialog));
const SaveDialog = lazyPart(() => import('../saved/save-dialog').then((m) => m.SaveDialog));

// It checks by the contracts, which weigh more than the page.
const loadDefinition = () => import('../report-definition').then((m) => m.definitionOfDraft);

/** A report is chosen, cut to what is wanted, looked at, saved and taken out; its address can be sent. */
export function BuilderPage() {
  const t = useTranslations('reports');
  const kinds = useReportKinds();
  if (kinds.isError) {
    return (
      <ReportsFrame>
        <ErrorNotice error={kinds.error} onRetry={() => void kinds.refetch()} />
      </ReportsFrame>
    );
  }
  if (!kinds.data) {
    return (
      <ReportsFrame>
        <Skeleton className="m-6 h-8 w-64" />
      </ReportsFrame>
    );
  }
  if (kinds.data.length === 0) {
    return (
      <ReportsFrame>
        <Notice icon={<ChartColumn />} title={t('noKinds')}>
          {t('noKindsHint')}
        </Notice>
      </ReportsFrame>
    );
  }
  return <Builder kinds={kinds.data} />;
}

interface BuilderProps {
  readonly kinds: readonly { readonly kind: ReportKind; readonly title: string; readonly charted: boolean }[];
}

function Builder({ kinds }: BuilderProps) {
  const t = useTranslations('reports');
  const may = useMay();
  const [url, changeUrl] = useUrlState();
  const [dialog, setDialog] = useState<'save' | 'export' | null>(null);
  const address = url.toString();
  const draft = useMemo(
    () =>
      draftOfUrl(
        new URLSearchParams(address),
        kinds.map(({ kind }) => kind),
      ),
    [address, kinds],
  );
  const definitionOf = useCode(loadDefinition);
  const report = useMemo(() => definitionOf?.(draft), [definitionOf, draft]);
  const kind = kinds.find((each) => each.kind === draft.kind);
  const actions = (
    <>
      {may('reports:write') && (
        <Button disabled={!report} onClick={() => setDialog('save')}>
          <Bookmark aria-hidden />
          {t('save')}
        </Button>
      )}
      {may('reports:export') && (
        <Button variant="primary" disabled={!report} onClick={() => setDialog('export')}>
          <Download aria-hidden />
          {t('export')}
        </Button>
      )}
    </>
  );
  return (
    <ReportsFrame actions={actions}>
      <ReportFilters kinds={kinds} draft={draft} onChange={(next) => changeUrl(urlOfDraft(next))} />
      {!definitionOf && <Skeleton className="m-6 h-8 w-64" />}
      {report && (
        <>
          {kind?.charted && <ReportChartPanel report={report} />}
          <PreviewTable report={report} />
        </>
      )}
      {report === null && (
        <Notice icon={<ChartColumn />} title={t('incomplete')} role="status">
          {t('incompleteHint')}
        </Notice>
      )}
      {dialog === 'save' && report && <SaveDialog report={report} onClose={() => setDialog(null)} />}
      {dialog === 'export' && report && (
        <ExportDialog report={report} title={kind?.title ?? ''} onClose={() => setDialog(null)} />
      )}
    </ReportsFrame>
  );
}
