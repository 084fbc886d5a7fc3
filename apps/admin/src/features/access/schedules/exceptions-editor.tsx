'use client';

import type { ScheduleRequest } from '@munjigi/contracts';
import { CalendarPlus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { hoursOf, intervalsOf } from '@/components/week/day-hours';
import { HoursTrack } from '@/components/week/hours-track';

type Exceptions = ScheduleRequest['exceptions'];

interface ExceptionsEditorProps {
  readonly exceptions: Exceptions;
  /** Undefined: they can only be looked at. */
  readonly onChange?: ((exceptions: Exceptions) => void) | undefined;
}

/** Dates with hours of their own; a date without any is closed. */
export function ExceptionsEditor({ exceptions, onChange }: ExceptionsEditorProps) {
  const t = useTranslations('schedules');
  return (
    <div className="grid gap-2">
      {exceptions.map((exception, index) => {
        const { date, intervals } = exception;
        const isTwice = exceptions.findIndex((other) => other.date === date) !== index;
        return (
          <div
            key={index}
            className="grid grid-cols-[1fr_auto] items-center gap-2 sm:grid-cols-[9.5rem_1fr_auto]"
          >
            <Input
              type="date"
              required
              aria-label={t('date')}
              aria-invalid={isTwice}
              title={isTwice ? t('dateTwice') : undefined}
              readOnly={!onChange}
              value={date}
              onChange={(event) => {
                if (event.target.value !== '')
                  onChange?.(exceptions.with(index, { date: event.target.value, intervals }));
              }}
              className="tabular-nums"
            />
            <div className="order-last col-span-2 sm:order-none sm:col-span-1">
              <HoursTrack
                label={t('exceptionOn', { date })}
                hours={hoursOf(intervals)}
                onChange={
                  onChange &&
                  ((hours) => onChange(exceptions.with(index, { date, intervals: intervalsOf(hours) })))
                }
              />
            </div>
            {onChange && (
              <Button
                variant="ghost"
                size="iconSm"
                aria-label={t('removeException', { date })}
                onClick={() => onChange(exceptions.filter((_, at) => at !== index))}
              >
                <X aria-hidden />
              </Button>
            )}
          </div>
        );
      })}
      {exceptions.length === 0 && !onChange && <p className="text-xs text-ink-faint">{t('noExceptions')}</p>}
      {onChange && (
        <Button
          size="sm"
          className="justify-self-start"
          onClick={() => onChange([...exceptions, { date: nextFreeDate(exceptions), intervals: [] }])}
        >
          <CalendarPlus aria-hidden />
          {t('addException')}
        </Button>
      )}
    </div>
  );
}

/** Tomorrow, or the first day after it that has no exception. */
function nextFreeDate(exceptions: Exceptions): string {
  const taken = new Set(exceptions.map(({ date }) => date));
  const day = new Date();
  do day.setDate(day.getDate() + 1);
  while (taken.has(dateOf(day)));
  return dateOf(day);
}

/** The local calendar's date of an instant. */
function dateOf(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
