'use client';

import type { ReportDelivery, ReportSchedule } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { Clock, Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { exportFileUrl, reportsApi } from '../reports-api';

interface DeliveriesDialogProps {
  readonly schedule: ReportSchedule;
  readonly onClose: () => void;
}

const TONES = {
  making: 'plain',
  sending: 'plain',
  sent: 'granted',
  kept: 'accent',
  failed: 'denied',
} as const;

/** What came of each time that a schedule was due, beside the list. */
export function DeliveriesDialog({ schedule, onClose }: DeliveriesDialogProps) {
  const t = useTranslations('reports');
  const log = useQuery({
    queryKey: ['report-deliveries', schedule.id],
    queryFn: (signal) => reportsApi.deliveries(schedule.id, signal),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t('log')} placement="side">
      {log.isPending && <Skeleton className="mx-5 h-10" />}
      {log.isError && <ErrorNotice error={log.error} onRetry={() => void log.refetch()} />}
      {log.data?.items.length === 0 && (
        <Notice icon={<Clock />} title={t('logEmpty')}>
          {t('logEmptyHint')}
        </Notice>
      )}
      {log.data && log.data.items.length > 0 && (
        <ul aria-label={t('log')} className="border-t">
          {log.data.items.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function DeliveryRow({ delivery }: { readonly delivery: ReportDelivery }) {
  const t = useTranslations('reports');
  const formats = useFormats();
  const { dueAt, state, detail, exportId } = delivery;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-5 py-3 text-sm">
      <time dateTime={dueAt} title={formats.full(dueAt)} className="flex-1 tabular-nums">
        {formats.dateTime(dueAt)}
      </time>
      <Badge tone={TONES[state]}>{t(`delivery.${state}`)}</Badge>
      {exportId && (state === 'sent' || state === 'kept') && (
        <Button asChild size="sm">
          <a href={exportFileUrl(exportId)} download>
            <Download aria-hidden />
            {t('download')}
          </a>
        </Button>
      )}
      {detail && <p className="w-full text-xs text-ink-muted">{detail}</p>}
    </li>
  );
}
