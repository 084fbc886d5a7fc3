'use client';

import { AUDIT_ACTOR_KINDS, type AuditQuery } from '@munjigi/contracts';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { SearchInput } from '@/components/ui/search-input';
import { Select } from '@/components/ui/select';
import { CustomPeriod } from '../events/custom-period';
import { PERIODS } from '../events/event-filters';
import { type AuditFilters, isFiltered } from './audit-filters';
import { AUDIT_AREAS } from './use-action-words';

const SEARCH_DELAY_MS = 300;
const ALL = 'all';

interface AuditToolbarProps {
  readonly filters: AuditFilters;
  readonly onChange: (filters: AuditFilters) => void;
}

/** The filters of the account, all in one row. */
export function AuditToolbar({ filters, onChange }: AuditToolbarProps) {
  const t = useTranslations('audit');
  const events = useTranslations('events');
  return (
    <div
      role="group"
      aria-label={t('filters')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b px-4 py-2 md:px-6"
    >
      <TextFilter filters={filters} onChange={onChange} />
      <Select<string>
        label={t('filter.area')}
        value={filters.action ?? ALL}
        onChange={(value) => onChange({ ...filters, action: value === ALL ? undefined : value })}
        options={[
          { value: ALL, label: t('allAreas') },
          ...AUDIT_AREAS.map((area) => ({ value: `${area}/`, label: t(`area.${area}`) })),
          // An address can name one action.
          ...(filters.action && !filters.action.endsWith('/')
            ? [{ value: filters.action, label: filters.action }]
            : []),
        ]}
        className="max-w-44"
      />
      <Select<NonNullable<AuditQuery['actorKind']> | typeof ALL>
        label={t('filter.actor')}
        value={filters.actorKind ?? ALL}
        onChange={(value) => onChange({ ...filters, actorKind: value === ALL ? undefined : value })}
        options={[
          { value: ALL, label: t('allActors') },
          ...AUDIT_ACTOR_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
        ]}
      />
      <Select
        label={events('filter.period')}
        value={filters.period}
        onChange={(period) => onChange({ ...filters, period, from: undefined, until: undefined })}
        options={PERIODS.map((value) => ({ value, label: events(`period.${value}`) }))}
      />
      {filters.period === 'custom' && (
        <CustomPeriod period={filters} onChange={(period) => onChange({ ...filters, ...period })} />
      )}
      {filters.actorId && (
        <Chosen label={t('oneActor')} onClear={() => onChange({ ...filters, actorId: undefined })} />
      )}
      {filters.subjectId && (
        <Chosen label={t('oneSubject')} onClear={() => onChange({ ...filters, subjectId: undefined })} />
      )}
      {isFiltered(filters) && (
        <Button variant="ghost" size="sm" onClick={() => onChange({ period: 'any' })}>
          <X aria-hidden />
          {events('clear')}
        </Button>
      )}
    </div>
  );
}

function TextFilter({ filters, onChange }: AuditToolbarProps) {
  const t = useTranslations('audit');
  const wanted = filters.text ?? '';
  const [typed, setTyped] = useState(wanted);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const ask = useRef<(text: string) => void>(undefined);
  useEffect(() => {
    ask.current = (text) => onChange({ ...filters, text: text === '' ? undefined : text });
  }, [filters, onChange]);
  // The address can change by other means, such as *back*.
  useEffect(() => setTyped((current) => (current.trim() === wanted ? current : wanted)), [wanted]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => ask.current?.(text.trim()), SEARCH_DELAY_MS);
  };
  return <SearchInput label={t('search')} value={typed} onChange={type} className="w-full sm:w-56" />;
}

function Chosen({ label, onClear }: { readonly label: string; readonly onClear: () => void }) {
  const t = useTranslations('common');
  return (
    <Badge tone="accent" className="h-7 text-xs">
      {label}
      <button
        type="button"
        aria-label={`${t('clear')}: ${label}`}
        onClick={onClear}
        className="-mr-1 rounded-full p-1"
      >
        <X aria-hidden />
      </button>
    </Badge>
  );
}
