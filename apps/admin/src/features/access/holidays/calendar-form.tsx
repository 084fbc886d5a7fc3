'use client';

import type { HolidayCalendarRequest } from '@munjigi/contracts';
import { CalendarPlus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Switch } from '@/components/ui/switch';
import type { KeptCalendar } from '../access-api';
import type { FormProps } from '../documents-page';
import { NameField } from '../name-field';
import { Section } from '../section';
import { SiteSelect } from '../site-select';

type Days = HolidayCalendarRequest['days'];

/** The editor of one calendar. */
export function CalendarForm({ draft, onChange, readOnly }: FormProps<KeptCalendar, HolidayCalendarRequest>) {
  const t = useTranslations('holidays');
  const setDays = (days: Days) => onChange({ ...draft, days });
  const add = () => {
    const date = `${new Date().getFullYear()}-12-25`;
    setDays([...draft.days, { name: '', date, lastDate: null, yearly: false }]);
  };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField value={draft.name} readOnly={readOnly} onChange={(name) => onChange({ ...draft, name })} />
        {!readOnly && (
          <SiteSelect value={draft.siteId} onChange={(siteId) => onChange({ ...draft, siteId })} />
        )}
      </div>
      <Section title={t('days')} hint={t('daysHint')}>
        <ul className="grid gap-2">
          {draft.days.map((day, index) => (
            <HolidayRow
              key={index}
              day={day}
              readOnly={readOnly}
              onChange={(next) => setDays(draft.days.with(index, next))}
              onRemove={() => setDays(draft.days.filter((_, at) => at !== index))}
            />
          ))}
        </ul>
        {!readOnly && (
          <Button size="sm" className="justify-self-start" onClick={add}>
            <CalendarPlus aria-hidden />
            {t('addDay')}
          </Button>
        )}
      </Section>
    </>
  );
}

interface HolidayRowProps {
  readonly day: Days[number];
  readonly readOnly: boolean;
  readonly onChange: (day: Days[number]) => void;
  readonly onRemove: () => void;
}

function HolidayRow({ day, readOnly, onChange, onRemove }: HolidayRowProps) {
  const t = useTranslations('holidays');
  return (
    <li className="grid grid-cols-2 items-center gap-2 rounded-lg border bg-surface p-2 md:grid-cols-[1fr_9.5rem_9.5rem_auto_auto] md:border-0 md:bg-transparent md:p-0">
      <Input
        aria-label={t('name')}
        placeholder={t('name')}
        aria-invalid={day.name.trim() === ''}
        value={day.name}
        maxLength={120}
        readOnly={readOnly}
        onChange={(event) => onChange({ ...day, name: event.target.value })}
        className="max-md:col-span-2"
      />
      <Input
        type="date"
        required
        aria-label={t('first')}
        readOnly={readOnly}
        value={day.date}
        onChange={(event) => event.target.value !== '' && onChange({ ...day, date: event.target.value })}
      />
      <Input
        type="date"
        aria-label={t('last')}
        aria-invalid={day.lastDate !== null && day.lastDate < day.date}
        readOnly={readOnly}
        min={day.date}
        value={day.lastDate ?? ''}
        onChange={(event) => onChange({ ...day, lastDate: event.target.value || null })}
      />
      <Switch
        label={t('yearly')}
        checked={day.yearly}
        disabled={readOnly}
        onChange={(yearly) => onChange({ ...day, yearly })}
      />
      {!readOnly && (
        <Button
          variant="ghost"
          size="iconSm"
          aria-label={t('removeDay', { name: day.name || day.date })}
          onClick={onRemove}
          className="justify-self-end"
        >
          <X aria-hidden />
        </Button>
      )}
    </li>
  );
}
