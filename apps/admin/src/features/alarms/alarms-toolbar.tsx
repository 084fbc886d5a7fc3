'use client';

import { ALARM_KINDS, type AlarmKind, type AlarmSeverity, type DoorId } from '@munjigi/contracts';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { useDoors } from '../live/use-live-data';
import { ALARM_VIEWS, type AlarmFilters, isFiltered } from './alarm-filters';
import { WORST_FIRST } from './most-pressing';

interface AlarmsToolbarProps {
  readonly filters: AlarmFilters;
  readonly onChange: (filters: AlarmFilters) => void;
}

/** The filters of the alarms, all in one row. */
export function AlarmsToolbar({ filters, onChange }: AlarmsToolbarProps) {
  const t = useTranslations('alarms');
  const severity = useTranslations('alarmSeverity');
  const kind = useTranslations('alarmKind');
  const doors = useDoors();
  return (
    <div
      role="group"
      aria-label={t('filters')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6"
    >
      <Segmented
        label={t('column.state')}
        value={filters.view}
        onChange={(view) => onChange({ ...filters, view })}
        options={ALARM_VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
      />
      <Select<AlarmSeverity | 'all'>
        label={t('column.severity')}
        value={filters.severity ?? 'all'}
        onChange={(value) => onChange({ ...filters, severity: value === 'all' ? undefined : value })}
        options={[
          { value: 'all', label: t('allSeverities') },
          ...WORST_FIRST.map((value) => ({ value, label: severity(value) })),
        ]}
      />
      <Select<AlarmKind | 'all'>
        label={t('column.alarm')}
        value={filters.kind ?? 'all'}
        onChange={(value) => onChange({ ...filters, kind: value === 'all' ? undefined : value })}
        options={[
          { value: 'all', label: t('allKinds') },
          ...ALARM_KINDS.map((value) => ({ value, label: kind(value) })),
        ]}
      />
      <Select<DoorId | 'all'>
        label={t('column.place')}
        value={filters.doorId ?? 'all'}
        onChange={(value) => onChange({ ...filters, doorId: value === 'all' ? undefined : value })}
        options={[
          { value: 'all', label: t('allDoors') },
          ...(doors.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        className="max-w-48"
      />
      {isFiltered(filters) && (
        <Button variant="ghost" size="sm" onClick={() => onChange({ view: filters.view })}>
          <X aria-hidden />
          {t('clear')}
        </Button>
      )}
    </div>
  );
}
