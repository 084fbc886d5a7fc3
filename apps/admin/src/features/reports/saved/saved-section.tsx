'use client';

import type { SavedReport } from '@munjigi/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { Bookmark, CalendarClock, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { Section, SectionRow } from '../../settings/section';
import { addressOfReport } from '../report-draft';
import { useReportKinds } from '../reports-api';
import type { SavedAction } from './saved-page';

interface SavedSectionProps {
  readonly saved: UseQueryResult<{ items: SavedReport[] }>;
  readonly mayWrite: boolean;
  readonly onAction: (open: SavedAction) => void;
}

/** The saved reports, each opened by its name. */
export function SavedSection({ saved, mayWrite, onAction }: SavedSectionProps) {
  const t = useTranslations('reports');
  return (
    <Section title={t('savedTitle')} hint={t('savedHint')}>
      {saved.isPending && <Skeleton className="m-4 h-5 w-1/2" />}
      {saved.isError && <ErrorNotice error={saved.error} onRetry={() => void saved.refetch()} />}
      {saved.data?.items.length === 0 && (
        <Notice icon={<Bookmark />} title={t('savedEmpty')} className="py-10">
          {t('savedEmptyHint')}
        </Notice>
      )}
      {saved.data && saved.data.items.length > 0 && (
        <ul>
          {saved.data.items.map((report) => (
            <SavedRow key={report.id} report={report} mayWrite={mayWrite} onAction={onAction} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SavedRow(props: Omit<SavedSectionProps, 'saved'> & { readonly report: SavedReport }) {
  const { report, mayWrite, onAction } = props;
  const t = useTranslations('reports');
  const kinds = useReportKinds();
  const { name, own, shared } = report;
  return (
    <SectionRow
      as="li"
      icon={<Bookmark />}
      title={
        <>
          <Link href={addressOfReport(report.report)} className="underline-offset-2 hover:underline">
            {name}
          </Link>
          {shared && <Badge>{t(own ? 'sharedByMe' : 'sharedByOther')}</Badge>}
        </>
      }
      note={kinds.data?.find(({ kind }) => kind === report.report.kind)?.title}
    >
      {own && mayWrite && (
        <>
          <Button size="sm" onClick={() => onAction({ action: 'schedule', report })}>
            <CalendarClock aria-hidden />
            {t('schedule')}
          </Button>
          <Button
            variant="ghost"
            size="iconSm"
            aria-label={t('deleteOf', { name })}
            onClick={() => onAction({ action: 'remove', report })}
          >
            <Trash2 aria-hidden />
          </Button>
        </>
      )}
    </SectionRow>
  );
}
