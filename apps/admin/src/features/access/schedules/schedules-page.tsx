'use client';

import type { ScheduleRequest } from '@munjigi/contracts';
import { CalendarClock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazyPart } from '@/lib/lazy-part';
import { SCHEDULES, type KeptSchedule } from '../access-api';
import { DocumentsPage } from '../documents-page';
import { FormSkeleton } from '../form-skeleton';

const ScheduleForm = lazyPart(() => import('./schedule-form').then((m) => m.ScheduleForm), {
  placeholder: <FormSkeleton />,
});

/** All schedules, each with its editor. */
export function SchedulesPage() {
  const t = useTranslations('schedules');
  return (
    <DocumentsPage<KeptSchedule, ScheduleRequest>
      kind={SCHEDULES}
      icon={<CalendarClock />}
      words={{
        title: t('title'),
        add: t('add'),
        empty: t('empty'),
        emptyHint: t('emptyHint'),
        saved: (name) => t('saved', { name }),
        deleted: (name) => t('deleted', { name }),
        deleteTitle: (name) => t('deleteTitle', { name }),
        deleteHint: t('deleteHint'),
      }}
      draftOf={({ name, siteId, weekly, holiday, holidayCalendarIds, exceptions }) => ({
        name,
        siteId,
        weekly,
        holiday,
        holidayCalendarIds,
        exceptions,
      })}
      emptyDraft={() => EMPTY}
      isValid={({ exceptions }) => new Set(exceptions.map(({ date }) => date)).size === exceptions.length}
      form={(form) => <ScheduleForm {...form} />}
    />
  );
}

const WORKING_DAY = [{ from: '09:00', to: '18:00' }];

const EMPTY: ScheduleRequest = {
  name: '',
  siteId: null,
  weekly: {
    monday: WORKING_DAY,
    tuesday: WORKING_DAY,
    wednesday: WORKING_DAY,
    thursday: WORKING_DAY,
    friday: WORKING_DAY,
    saturday: [],
    sunday: [],
  },
  holiday: null,
  holidayCalendarIds: [],
  exceptions: [],
};
