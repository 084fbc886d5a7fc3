'use client';

import type { ReportSchedule, SavedReport } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { useToaster } from '@/components/ui/toast';
import { reportKeys, reportsApi } from '../reports-api';

/** Asks before a saved report and its schedules are deleted. */
export function RemoveSaved(props: { readonly report: SavedReport; readonly onClose: () => void }) {
  const t = useTranslations('reports');
  const { report, onClose } = props;
  const remove = useRemoval(() => reportsApi.removeSaved(report.id), {
    done: t('deleted', { name: report.name }),
    onClose,
  });
  return (
    <ConfirmAction
      title={t('deleteTitle', { name: report.name })}
      description={t('deleteHint')}
      confirmLabel={t('delete')}
      action={remove}
      onClose={onClose}
    />
  );
}

/** Asks before a schedule ends. */
export function RemoveSchedule(props: { readonly schedule: ReportSchedule; readonly onClose: () => void }) {
  const t = useTranslations('reports');
  const { schedule, onClose } = props;
  const remove = useRemoval(() => reportsApi.removeSchedule(schedule.id), {
    done: t('scheduleDeleted'),
    onClose,
  });
  return (
    <ConfirmAction
      title={t('scheduleDeleteTitle')}
      description={t('scheduleDeleteHint')}
      confirmLabel={t('delete')}
      action={remove}
      onClose={onClose}
    />
  );
}

function useRemoval(
  run: () => Promise<void>,
  { done, onClose }: { readonly done: string; readonly onClose: () => void },
) {
  const toaster = useToaster();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: reportKeys.saved });
      void cache.invalidateQueries({ queryKey: reportKeys.schedules });
      toaster.done(done);
      onClose();
    },
  });
}
