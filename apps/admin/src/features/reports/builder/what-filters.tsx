'use client';

import { ALARM_KINDS, OUTCOMES } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import type { FilterProps } from './report-filters';

const NONE = 'none';

/** What of it: an outcome, a kind of alarm, how it is counted, or a number of days or months. */
export function WhatFilter(props: FilterProps) {
  switch (props.field) {
    case 'outcome':
      return <OutcomeFilter {...props} />;
    case 'alarmKind':
      return <AlarmFilter {...props} />;
    case 'by':
      return <ByFilter {...props} />;
    case 'dayBegins':
    case 'withinDays':
    case 'months':
      return <NumberFilter {...props} field={props.field} />;
    default:
      return null;
  }
}

function OutcomeFilter({ value, onChange }: FilterProps) {
  const t = useTranslations('reports');
  const outcomes = useTranslations('outcome');
  const events = useTranslations('events');
  return (
    <Select
      label={events('filter.outcome')}
      value={value || NONE}
      onChange={(next) => onChange(next === NONE ? '' : next)}
      options={[
        { value: NONE, label: t('allOutcomes') },
        ...OUTCOMES.map((outcome) => ({ value: outcome, label: outcomes(outcome) })),
      ]}
    />
  );
}

function AlarmFilter({ value, onChange }: FilterProps) {
  const t = useTranslations('reports');
  const kinds = useTranslations('alarmKind');
  return (
    <Select
      label={t('alarmKind')}
      value={value || NONE}
      onChange={(next) => onChange(next === NONE ? '' : next)}
      options={[
        { value: NONE, label: t('allAlarms') },
        ...ALARM_KINDS.map((kind) => ({ value: kind, label: kinds(kind) })),
      ]}
    />
  );
}

function ByFilter({ value, onChange }: FilterProps) {
  const t = useTranslations('reports');
  return (
    <Segmented
      label={t('by')}
      value={value === 'hour' ? 'hour' : 'day'}
      onChange={(next) => onChange(next)}
      options={(['day', 'hour'] as const).map((by) => ({ value: by, label: t(`byOf.${by}`) }))}
    />
  );
}

const LIMITS = {
  dayBegins: { type: 'time', initial: '00:00', min: undefined, max: undefined },
  withinDays: { type: 'number', initial: '30', min: 0, max: 3650 },
  months: { type: 'number', initial: '3', min: 1, max: 120 },
} as const;

function NumberFilter({ field, value, onChange }: FilterProps & { readonly field: keyof typeof LIMITS }) {
  const t = useTranslations('reports');
  const { type, initial, min, max } = LIMITS[field];
  return (
    <label className="inline-flex items-center gap-2 text-sm text-ink-muted">
      {t(field)}
      <Input
        type={type}
        value={value || initial}
        min={min}
        max={max}
        className="w-auto tabular-nums"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
