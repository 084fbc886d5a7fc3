'use client';

import type { Week } from '@munjigi/contracts';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DAY_MIN, type Hours, hoursOf, intervalsOf, resized, without } from './day-hours';
import { HoursAxis } from './hours-axis';
import { HoursRow } from './hours-row';
import { TimeInput } from './time-input';
import { WEEKDAYS, WORKDAYS, type Weekday } from './week-days';

interface WeekEditorProps {
  readonly week: Week;
  /** Undefined: it can only be looked at. */
  readonly onChange?: ((week: Week) => void) | undefined;
}

/** A week of hours, drawn: each day a line from midnight to midnight. */
export function WeekEditor({ week, onChange }: WeekEditorProps) {
  const t = useTranslations('week');
  const [selected, setSelected] = useState<{ day: Weekday; index: number } | null>(null);
  const set = (day: Weekday, hours: readonly Hours[]) => onChange?.({ ...week, [day]: intervalsOf(hours) });
  const copyTo = (days: readonly Weekday[], from: Weekday) =>
    onChange?.({ ...week, ...Object.fromEntries(days.map((day) => [day, week[from]])) });
  const chosen = selected ? hoursOf(week[selected.day])[selected.index] : undefined;
  return (
    <div className="grid gap-1.5">
      <div className="flex gap-2">
        <span className="w-8 shrink-0 md:w-10" />
        <div className="flex-1">
          <HoursAxis />
        </div>
        {onChange && <span className="w-7 shrink-0" />}
      </div>
      {WEEKDAYS.map((day) => (
        <HoursRow
          key={day}
          label={t(`day.${day}`)}
          shortLabel={t(`dayShort.${day}`)}
          hours={hoursOf(week[day])}
          onChange={onChange && ((hours) => set(day, hours))}
          selected={selected?.day === day ? selected.index : null}
          onSelect={(index) => setSelected(index === null ? null : { day, index })}
          copies={[
            { label: t('copyWorkdays'), onCopy: () => copyTo(WORKDAYS, day) },
            { label: t('copyAll'), onCopy: () => copyTo(WEEKDAYS, day) },
          ]}
        />
      ))}
      {onChange && (
        <HoursFields
          label={selected && chosen ? t(`day.${selected.day}`) : null}
          hours={chosen}
          onChange={(end, minutes) =>
            selected && set(selected.day, resized(hoursOf(week[selected.day]), selected.index, end, minutes))
          }
          onRemove={() => {
            if (selected) set(selected.day, without(hoursOf(week[selected.day]), selected.index));
            setSelected(null);
          }}
        />
      )}
    </div>
  );
}

interface HoursFieldsProps {
  /** Null: nothing is selected. */
  readonly label: string | null;
  readonly hours: Hours | undefined;
  readonly onChange: (end: 'from' | 'to', minutes: number) => void;
  readonly onRemove: () => void;
}

/** The exact times of the part that is selected, to be typed; else what can be done with the lines. */
export function HoursFields({ label, hours, onChange, onRemove }: HoursFieldsProps) {
  const t = useTranslations('week');
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2 pl-10 md:pl-12">
      {label !== null && hours ? (
        <>
          <span className="text-xs text-ink-muted">{label}</span>
          {(['from', 'to'] as const).map((end) => (
            <TimeInput
              key={end}
              label={t(`end.${end}`, { day: label })}
              minutes={hours[end]}
              onCommit={(minutes) => onChange(end, end === 'to' && minutes === 0 ? DAY_MIN : minutes)}
            />
          ))}
          <Button variant="ghost" size="sm" onClick={onRemove}>
            <Trash2 aria-hidden />
            {t('remove')}
          </Button>
        </>
      ) : (
        <p className="text-xs text-ink-faint">{t('hint')}</p>
      )}
    </div>
  );
}
