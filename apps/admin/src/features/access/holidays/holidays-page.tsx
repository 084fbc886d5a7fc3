'use client';

import type { HolidayCalendarRequest } from '@munjigi/contracts';
import { CalendarHeart } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazyPart } from '@/lib/lazy-part';
import { CALENDARS, type KeptCalendar } from '../access-api';
import { DocumentsPage } from '../documents-page';
import { FormSkeleton } from '../form-skeleton';

const CalendarForm = lazyPart(() => import('./calendar-form').then((m) => m.CalendarForm), {
  placeholder: <FormSkeleton />,
});

/** All holiday calendars, each with its editor. */
export function HolidaysPage() {
  const t = useTranslations('holidays');
  return (
    <DocumentsPage<KeptCalendar, HolidayCalendarRequest>
      kind={CALENDARS}
      icon={<CalendarHeart />}
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
      draftOf={({ name, siteId, days }) => ({ name, siteId, days })}
      emptyDraft={() => ({ name: '', siteId: null, days: [] })}
      isValid={({ days }) =>
        days.every(
          ({ name, date, lastDate }) => name.trim() !== '' && (lastDate === null || lastDate >= date),
        )
      }
      noteOf={({ days }) => t('count', { count: days.length })}
      form={(form) => <CalendarForm {...form} />}
    />
  );
}
