'use client';

import type { ReportSchedule, SavedReport } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { SettingsColumn } from '../../settings/section';
import { reportKeys, reportsApi } from '../reports-api';
import { ReportsFrame } from '../reports-frame';
import { SavedSection } from './saved-section';
import { SchedulesSection } from './schedules-section';

const DeliveriesDialog = lazyPart(() => import('./deliveries-dialog').then((m) => m.DeliveriesDialog));
const RemoveSaved = lazyPart(() => import('./remove-dialogs').then((m) => m.RemoveSaved));
const RemoveSchedule = lazyPart(() => import('./remove-dialogs').then((m) => m.RemoveSchedule));
const ScheduleDialog = lazyPart(() => import('./schedule-dialog').then((m) => m.ScheduleDialog));

/** What is open beside the lists. */
export type SavedAction =
  | { readonly action: 'schedule'; readonly report: SavedReport; readonly schedule?: ReportSchedule }
  | { readonly action: 'remove'; readonly report: SavedReport }
  | { readonly action: 'log' | 'end'; readonly schedule: ReportSchedule };

/** Reports that were saved, and those that are made by themselves. */
export function SavedPage() {
  const mayWrite = useMay()('reports:write');
  const saved = useQuery({ queryKey: reportKeys.saved, queryFn: reportsApi.saved });
  const schedules = useQuery({
    queryKey: reportKeys.schedules,
    queryFn: reportsApi.schedules,
    enabled: mayWrite,
  });
  const [open, setOpen] = useState<SavedAction | null>(null);
  const close = () => setOpen(null);
  return (
    <ReportsFrame>
      <SettingsColumn>
        <SavedSection saved={saved} mayWrite={mayWrite} onAction={setOpen} />
        {mayWrite && (
          <SchedulesSection schedules={schedules} saved={saved.data?.items ?? []} onAction={setOpen} />
        )}
      </SettingsColumn>
      {open?.action === 'schedule' && (
        <ScheduleDialog report={open.report} schedule={open.schedule} onClose={close} />
      )}
      {open?.action === 'remove' && <RemoveSaved report={open.report} onClose={close} />}
      {open?.action === 'end' && <RemoveSchedule schedule={open.schedule} onClose={close} />}
      {open?.action === 'log' && <DeliveriesDialog schedule={open.schedule} onClose={close} />}
    </ReportsFrame>
  );
}
