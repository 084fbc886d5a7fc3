'use client';

import type { SiteId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Select } from '@/components/ui/select';
import { useMay } from '../auth/use-may';
import { useSites } from './use-places';

interface SiteSelectProps {
  readonly value: SiteId | null;
  readonly onChange: (siteId: SiteId | null) => void;
}

/** Where a rule may be used: at one site, or in the whole organisation; only what the administrator may choose. */
export function SiteSelect({ value, onChange }: SiteSelectProps) {
  const t = useTranslations('access');
  const may = useMay();
  const sites = (useSites().data ?? []).filter(({ id }) => id === value || may('access:write', id));
  const everywhere = value === null || may('access:write', null);
  return (
    <div className="grid gap-1.5">
      <span className="text-sm font-medium">{t('usedAt')}</span>
      <Select<SiteId | 'all'>
        label={t('usedAt')}
        value={value ?? 'all'}
        onChange={(next) => onChange(next === 'all' ? null : next)}
        options={[
          ...(everywhere ? [{ value: 'all' as const, label: t('organisation') }] : []),
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        className="w-full"
      />
    </div>
  );
}
