'use client';

import type { ReportSchedule, SavedReport } from '@munjigi/contracts';
import type { UseQueryResult } from '@tanstack/react-query';
import { CalendarClock, ScrollText, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { Section, SectionRow } from '../../settings/section';
import type { SavedAction } from './saved-page';
import { useTimingText } from './use-timing-text';

interface SchedulesSectionProps {
  readonly schedules: UseQueryResult<{ items: ReportSchedule[] }>;
  readonly saved: readonly SavedReport[];
  readonly onAction: (open: SavedAction) => void;
}

/** The reports that are made by themselves, with when they are due next. */
export function SchedulesSection({ schedules, saved, onAction }: SchedulesSectionProps) {
  const t = useTranslations('reports');
  return (
    <Section title={t('schedulesTitle')} hint={t('schedulesHint')}>
      {schedules.isPending && <Skeleton className="m-4 h-5 w-1/2" />}
      {schedules.isError && <ErrorNotice error={schedules.error} onRetry={() => void schedules.refetch()} />}
      {schedules.data?.items.length === 0 && (
        <Notice icon={<CalendarClock />} title={t('schedulesEmpty')} className="py-10">
          {t('schedulesEmptyHint')}
        </Notice>
      )}
      {schedules.data && schedules.data.items.length > 0 && (
        <ul>
          {schedules.data.items.map((schedule) => {
            const report = saved.find(({ id }) => id === schedule.savedReportId);
            return (
              report && (
                <ScheduleRow key={schedule.id} schedule={schedule} report={report} onAction={onAction} />
              )
            );
          })}
        </ul>
      )}
    </Section>
  );
}

interface ScheduleRowProps {
  readonly schedule: ReportSchedule;
  readonly report: SavedReport;
  readonly onAction: (open: SavedAction) => void;
}

function ScheduleRow({ schedule, report, onAction }: ScheduleRowProps) {
  const t = useTranslations('reports');
  const formats = useFormats();
  const timing = useTimingText();
  const { name } = report;
  const notes = [
    `${timing(schedule.timing)} (${schedule.timeZone})`,
    schedule.nextAt && t('nextAt', { at: formats.dateTime(schedule.nextAt) }),
    schedule.recipients.join(', '),
  ];
  return (
    <SectionRow
      as="li"
      icon={<CalendarClock />}
      title={
        <>
          {name}
          <Badge>{schedule.format.toUpperCase()}</Badge>
          {!schedule.enabled && <Badge tone="caution">{t('paused')}</Badge>}
        </>
      }
      note={notes.filter(Boolean).join(' · ')}
    >
      <Button
        variant="ghost"
        size="iconSm"
        aria-label={`${t('log')}: ${name}`}
        onClick={() => onAction({ action: 'log', schedule })}
      >
        <ScrollText aria-hidden />
      </Button>
      <Button
        size="sm"
        aria-label={`${t('change')}: ${name}`}
        onClick={() => onAction({ action: 'schedule', report, schedule })}
      >
        {t('change')}
      </Button>
      <Button
        variant="ghost"
        size="iconSm"
        aria-label={t('deleteOf', { name })}
        onClick={() => onAction({ action: 'end', schedule })}
      >
        <Trash2 aria-hidden />
      </Button>
    </SectionRow>
  );
}
