'use client';

import type { ScheduleRequest } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { CheckList } from '@/components/ui/check-list';
import { Segmented } from '@/components/ui/segmented';
import { hoursOf, intervalsOf } from '@/components/week/day-hours';
import { HoursRow } from '@/components/week/hours-row';
import { WeekEditor } from '@/components/week/week-editor';
import { CALENDARS, type KeptSchedule } from '../access-api';
import type { FormProps } from '../documents-page';
import { NameField } from '../name-field';
import { Section } from '../section';
import { SiteSelect } from '../site-select';
import { useDocuments } from '../use-documents';
import { ExceptionsEditor } from './exceptions-editor';

/** One schedule: its week, its holidays and the dates on which all is different. */
export function ScheduleForm({ draft, onChange, readOnly }: FormProps<KeptSchedule, ScheduleRequest>) {
  const t = useTranslations('schedules');
  const set = (change: Partial<ScheduleRequest>) => onChange({ ...draft, ...change });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField value={draft.name} readOnly={readOnly} onChange={(name) => set({ name })} />
        {!readOnly && <SiteSelect value={draft.siteId} onChange={(siteId) => set({ siteId })} />}
      </div>
      <Section title={t('weekly')} hint={t('weeklyHint')}>
        <WeekEditor week={draft.weekly} onChange={readOnly ? undefined : (weekly) => set({ weekly })} />
      </Section>
      <Holidays draft={draft} onChange={set} readOnly={readOnly} />
      <Section title={t('exceptions')} hint={t('exceptionsHint')}>
        <ExceptionsEditor
          exceptions={draft.exceptions}
          onChange={readOnly ? undefined : (exceptions) => set({ exceptions })}
        />
      </Section>
    </>
  );
}

interface HolidaysProps {
  readonly draft: ScheduleRequest;
  readonly onChange: (change: Partial<ScheduleRequest>) => void;
  readonly readOnly: boolean;
}

/** What is open on holidays, and which days those are. */
function Holidays({ draft, onChange, readOnly }: HolidaysProps) {
  const t = useTranslations('schedules');
  const calendars = useDocuments(CALENDARS);
  const usable = (calendars.data ?? []).filter(
    ({ siteId }) => siteId === null || draft.siteId === null || siteId === draft.siteId,
  );
  const { holiday } = draft;
  return (
    <Section title={t('holidays')} hint={t('holidaysHint')}>
      <CheckList
        label={t('calendars')}
        options={usable.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={draft.holidayCalendarIds}
        disabled={readOnly}
        empty={t('noCalendars')}
        onChange={(holidayCalendarIds) => onChange({ holidayCalendarIds })}
      />
      {draft.holidayCalendarIds.length > 0 && (
        <>
          {!readOnly && (
            <div>
              <Segmented
                label={t('holidays')}
                value={holiday === null ? 'same' : 'own'}
                onChange={(choice) => onChange({ holiday: choice === 'same' ? null : [] })}
                options={[
                  { value: 'same', label: t('holidaySame') },
                  { value: 'own', label: t('holidayOwn') },
                ]}
              />
            </div>
          )}
          {holiday !== null && (
            <HoursRow
              label={t('holidays')}
              shortLabel={t('holidayShort')}
              hours={hoursOf(holiday)}
              onChange={readOnly ? undefined : (hours) => onChange({ holiday: intervalsOf(hours) })}
            />
          )}
          {holiday?.length === 0 && <p className="text-xs text-ink-faint">{t('holidayClosed')}</p>}
        </>
      )}
    </Section>
  );
}
