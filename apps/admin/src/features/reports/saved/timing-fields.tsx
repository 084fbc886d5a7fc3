'use client';

import type { ReportTiming } from '@munjigi/contracts';
import { useLocale, useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Labelled } from '@/components/ui/labelled';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { TimeZoneInput } from '@/components/ui/time-zone-input';
import { weekdayName } from './use-timing-text';

interface TimingFieldsProps {
  readonly timing: ReportTiming;
  readonly timeZone: string;
  readonly isZoneWrong: boolean;
  readonly onChange: (changes: { timing?: ReportTiming; timeZone?: string }) => void;
}

const EVERY = ['day', 'week', 'month'] as const;
const MONTH_DAYS = 28;

/** Chooses when a schedule is due. */
export function TimingFields({ timing, timeZone, isZoneWrong, onChange }: TimingFieldsProps) {
  const t = useTranslations('reports');
  const setup = useTranslations('setup');
  const { at } = timing;
  const set = (next: ReportTiming) => onChange({ timing: next });
  return (
    <>
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <Labelled label={t('every')}>
          <Segmented
            label={t('every')}
            value={timing.every}
            onChange={(every) => set(every === 'day' ? { every, at } : { every, on: 1, at })}
            options={EVERY.map((value) => ({ value, label: t(`everyOf.${value}`) }))}
          />
        </Labelled>
        <OnField timing={timing} onChange={set} />
        <Field label={t('at')}>
          {(ids) => (
            <Input
              {...ids}
              type="time"
              required
              value={at}
              className="w-auto"
              onChange={(event) =>
                event.target.value && set({ ...timing, at: event.target.value.slice(0, 5) })
              }
            />
          )}
        </Field>
      </div>
      <Field label={t('zone')} error={isZoneWrong ? setup('timeZoneInvalid') : undefined}>
        {(ids) => (
          <TimeZoneInput
            {...ids}
            value={timeZone}
            onChange={(event) => onChange({ timeZone: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function OnField(props: {
  readonly timing: ReportTiming;
  readonly onChange: (timing: ReportTiming) => void;
}) {
  const t = useTranslations('reports');
  const locale = useLocale();
  const { timing, onChange } = props;
  if (timing.every === 'day') return null;
  const isWeek = timing.every === 'week';
  const days = Array.from({ length: isWeek ? 7 : MONTH_DAYS }, (_, index) => index + 1);
  const label = t(isWeek ? 'weekday' : 'monthDay');
  return (
    <Labelled label={label}>
      <Select
        label={label}
        value={String(timing.on)}
        onChange={(value) => {
          if (isWeek) onChange({ ...timing, on: Number(value) });
          else onChange({ ...timing, on: value === 'last' ? value : Number(value) });
        }}
        options={[
          ...days.map((day) => ({
            value: String(day),
            label: isWeek ? weekdayName(locale, day) : String(day),
          })),
          ...(isWeek ? [] : [{ value: 'last', label: t('lastDay') }]),
        ]}
      />
    </Labelled>
  );
}
