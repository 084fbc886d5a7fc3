'use client';

import type { DoorId, Outcome } from '@munjigi/contracts';
import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useDoors } from '../live/use-live-data';
import { CustomPeriod } from './custom-period';
import { type EventFilters, PERIODS, isFiltered } from './event-filters';
import { PersonPicker } from '../people/person-picker';

interface EventsToolbarProps {
  readonly filters: EventFilters;
  readonly onChange: (filters: EventFilters) => void;
}

/** The filters of the events, all in one row. */
export function EventsToolbar({ filters, onChange }: EventsToolbarProps) {
  const t = useTranslations('events');
  const outcomes = useTranslations('outcome');
  const doors = useDoors();
  return (
    <div
      role="group"
      aria-label={t('filters')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6"
    >
      <Segmented<Outcome | 'all'>
        label={t('filter.outcome')}
        value={filters.outcome ?? 'all'}
        onChange={(value) => onChange({ ...filters, outcome: value === 'all' ? undefined : value })}
        options={[
          { value: 'all', label: t('allOutcomes') },
          {
            value: 'granted',
            label: outcomes('granted'),
            icon: <Check aria-hidden className="text-granted" />,
          },
          { value: 'denied', label: outcomes('denied'), icon: <X aria-hidden className="text-denied" /> },
        ]}
      />
      <Select<DoorId | 'all'>
        label={t('filter.door')}
        value={filters.doorId ?? 'all'}
        onChange={(value) => onChange({ ...filters, doorId: value === 'all' ? undefined : value })}
        options={[
          { value: 'all', label: t('allDoors') },
          ...(doors.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        className="max-w-48"
      />
      <PersonPicker
        label={t('filter.person')}
        none={t('anyone')}
        noneAllowed
        personId={filters.personId}
        onChange={(personId) => onChange({ ...filters, personId })}
      />
      <Select
        label={t('filter.period')}
        value={filters.period}
        onChange={(period) => onChange({ ...filters, period, from: undefined, until: undefined })}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
      />
      {filters.period === 'custom' && (
        <CustomPeriod period={filters} onChange={(period) => onChange({ ...filters, ...period })} />
      )}
      {isFiltered(filters) && (
        <Button variant="ghost" size="sm" onClick={() => onChange({ period: 'any' })}>
          <X aria-hidden />
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
