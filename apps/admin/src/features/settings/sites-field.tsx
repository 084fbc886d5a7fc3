'use client';

import type { SiteId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { Labelled } from '@/components/ui/labelled';
import { Segmented } from '@/components/ui/segmented';
import { useSites } from '../access/use-places';

interface SitesFieldProps {
  /** What null is called. */
  readonly allLabel: string;
  /** Null: no particular sites. */
  readonly value: SiteId[] | null;
  readonly onChange: (siteIds: SiteId[] | null) => void;
  readonly error: boolean;
}

/** Chooses where something holds; nothing for those who see no sites. */
export function SitesField({ allLabel, value, onChange, error }: SitesFieldProps) {
  const t = useTranslations('tokens');
  const sites = useSites().data ?? [];
  if (sites.length === 0) return null;
  const toggle = (id: SiteId) =>
    onChange(value?.includes(id) ? value.filter((each) => each !== id) : [...(value ?? []), id]);
  return (
    <Labelled label={t('where')} error={error ? t('sitesMissing') : undefined}>
      <Segmented
        label={t('where')}
        value={value === null ? 'all' : 'some'}
        onChange={(next) => onChange(next === 'all' ? null : [])}
        options={[
          { value: 'all', label: allLabel },
          { value: 'some', label: t('whereSome') },
        ]}
      />
      {value !== null && (
        <div className="grid gap-x-4 pt-1.5 sm:grid-cols-2">
          {sites.map(({ id, name }) => (
            <Checkbox key={id} label={name} checked={value.includes(id)} onChange={() => toggle(id)} />
          ))}
        </div>
      )}
    </Labelled>
  );
}
