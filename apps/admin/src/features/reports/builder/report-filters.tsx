'use client';

import { type ReportKind, RELATIVE_PERIODS } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { type ReportDraft, type ReportField, FIELDS_OF } from '../report-draft';
import { PlaceFilter } from './place-filters';
import { WhatFilter } from './what-filters';

interface ReportFiltersProps {
  readonly kinds: readonly { readonly kind: ReportKind; readonly title: string }[];
  readonly draft: ReportDraft;
  readonly onChange: (draft: ReportDraft) => void;
}

/** One value of a draft, and a way to set it; empty is none. */
export interface FilterProps {
  readonly field: ReportField;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The kind of a report and what it is cut to, in one row. */
export function ReportFilters({ kinds, draft, onChange }: ReportFiltersProps) {
  const t = useTranslations('reports');
  const set = (values: ReportDraft['values']) =>
    onChange({ ...draft, values: { ...draft.values, ...values } });
  return (
    <div
      role="group"
      aria-label={t('filters')}
      className="flex flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6"
    >
      <Select<ReportKind>
        label={t('kindLabel')}
        value={draft.kind}
        onChange={(kind) => onChange({ ...draft, kind })}
        options={kinds.map(({ kind, title }) => ({ value: kind, label: title }))}
        className="font-medium"
      />
      {FIELDS_OF[draft.kind].map((field) => {
        if (field === 'period') return <PeriodFilter key={field} values={draft.values} onChange={set} />;
        const own = {
          ...{ field, value: draft.values[field] ?? '' },
          onChange: (value: string) => set({ [field]: value }),
        };
        const isPlace = field === 'siteId' || field === 'doorId' || field === 'groupId';
        return isPlace || field === 'personId' ? (
          <PlaceFilter key={field} {...own} siteId={draft.values.siteId} />
        ) : (
          <WhatFilter key={field} {...own} />
        );
      })}
    </div>
  );
}

type Period = (typeof RELATIVE_PERIODS)[number] | 'days' | 'instants';

function PeriodFilter(props: {
  readonly values: ReportDraft['values'];
  readonly onChange: (values: ReportDraft['values']) => void;
}) {
  const t = useTranslations('reports');
  const { period = 'last-7-days', from = '', until = '' } = props.values;
  const offered: Period[] = [
    ...RELATIVE_PERIODS,
    'days',
    ...(period === 'instants' ? ['instants' as const] : []),
  ];
  return (
    <>
      <Select<Period>
        label={t('period')}
        value={period as Period}
        onChange={(next) => props.onChange({ period: next, from: '', until: '' })}
        options={offered.map((value) => ({ value, label: t(`periodOf.${value}`) }))}
      />
      {period === 'days' && (
        <span className="flex items-center gap-1.5">
          <Input
            type="date"
            aria-label={t('from')}
            value={from}
            aria-invalid={from === ''}
            className="w-auto"
            onChange={(event) => props.onChange({ from: event.target.value })}
          />
          <span aria-hidden className="text-ink-faint">
            –
          </span>
          <Input
            type="date"
            aria-label={t('until')}
            value={until}
            aria-invalid={until === '' || until < from}
            className="w-auto"
            onChange={(event) => props.onChange({ until: event.target.value })}
          />
        </span>
      )}
    </>
  );
}
