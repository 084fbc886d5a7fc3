'use client';

import type { DoorId, Person } from '@munjigi/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { HoursAxis } from '@/components/week/hours-axis';
import { HoursRow } from '@/components/week/hours-row';
import { WEEKDAYS } from '@/components/week/week-days';
import { useFormats } from '@/lib/hooks/use-formats';
import { accessKeys } from '../../access/access-api';
import { whyApi } from '../../access/why/why-api';
import { useDoors } from '../../live/use-live-data';
import { askedSpan, mondayOf, shifted, wallClock, weekHours } from './week-hours';

/** Where and when a person may pass, as a picture of one week at one door. */
export function PersonTimes({ person }: { readonly person: Person }) {
  const t = useTranslations('person');
  const doors = useDoors();
  const [chosen, setChosen] = useState<DoorId | null>(null);
  const [week, setWeek] = useState(0);
  const door = doors.data?.find(({ id }) => id === chosen) ?? doors.data?.[0];
  const today = wallClock(Date.now(), Intl.DateTimeFormat().resolvedOptions().timeZone).date;
  const monday = mondayOf(today, week);
  const query = door && { personId: person.id, doorId: door.id, ...askedSpan(monday) };
  const times = useQuery({
    queryKey: accessKeys.times({ ...query, version: person.version }),
    queryFn: ({ signal }) => whyApi.times(query!, signal),
    enabled: query !== undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <Card
      title={t('times')}
      action={
        door && (
          <Select<DoorId>
            label={t('door')}
            value={door.id}
            onChange={setChosen}
            options={(doors.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            className="max-w-44"
          />
        )
      }
    >
      <div className="grid gap-1.5 px-3.5 py-3">
        <WeekPager monday={monday} week={week} onWeek={setWeek} />
        {doors.data?.length === 0 && <p className="text-ink-muted">{t('noDoors')}</p>}
        <Refusal error={times.error ?? doors.error} />
        {!times.data && door && !times.isError && <Skeleton className="h-64" />}
        {times.data && <WeekPicture hours={weekHours(times.data.intervals, monday, times.data.timeZone)} />}
        <div className="flex items-center justify-between gap-2 pt-1">
          <p className="min-w-0 truncate text-xs text-ink-faint">{times.data?.timeZone}</p>
          {door && (
            <Button asChild size="sm" variant="ghost">
              <Link href={`/access/why?personId=${person.id}&doorId=${door.id}`}>
                <CircleHelp aria-hidden />
                {t('why')}
              </Link>
            </Button>
          )}
        </div>
      </div>
    </Card>
  );
}

interface WeekPagerProps {
  readonly monday: string;
  /** 0: this week. */
  readonly week: number;
  readonly onWeek: (week: number) => void;
}

function WeekPager({ monday, week, onWeek }: WeekPagerProps) {
  const t = useTranslations('person');
  const formats = useFormats();
  const noon = (date: string) => `${date}T12:00:00`;
  return (
    <div className="flex items-center gap-1">
      <Button variant="ghost" size="iconSm" aria-label={t('weekBefore')} onClick={() => onWeek(week - 1)}>
        <ChevronLeft aria-hidden />
      </Button>
      <Button variant="ghost" size="iconSm" aria-label={t('weekAfter')} onClick={() => onWeek(week + 1)}>
        <ChevronRight aria-hidden />
      </Button>
      <p aria-live="polite" className="flex-1 text-xs text-ink-muted tabular-nums">
        {t('week', { from: formats.date(noon(monday)), until: formats.date(noon(shifted(monday, 6))) })}
      </p>
      {week !== 0 && (
        <Button variant="ghost" size="sm" onClick={() => onWeek(0)}>
          {t('thisWeek')}
        </Button>
      )}
    </div>
  );
}

function WeekPicture({ hours }: { readonly hours: ReturnType<typeof weekHours> }) {
  const t = useTranslations('week');
  const person = useTranslations('person');
  return (
    <>
      <div className="flex gap-2">
        <span className="w-8 shrink-0 md:w-10" />
        <div className="flex-1">
          <HoursAxis />
        </div>
      </div>
      {WEEKDAYS.map((day, index) => (
        <HoursRow
          key={day}
          label={t(`day.${day}`)}
          shortLabel={t(`dayShort.${day}`)}
          hours={hours[index] ?? []}
        />
      ))}
      {hours.every((day) => day.length === 0) && (
        <p className="pt-1 text-xs text-ink-muted">{person('noTimes')}</p>
      )}
    </>
  );
}
