'use client';

import type { SiteId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { Segmented } from '@/components/ui/segmented';
import { useSites } from '../../access/use-places';

interface TokenSitesProps {
  /** Null: wherever whoever makes the token holds the permissions. */
  readonly value: SiteId[] | null;
  readonly onChange: (siteIds: SiteId[] | null) => void;
  readonly error: boolean;
}

/** Chooses where a token holds; nothing for those who see no sites. */
export function TokenSites({ value, onChange, error }: TokenSitesProps) {
  const t = useTranslations('tokens');
  const sites = useSites().data ?? [];
  if (sites.length === 0) return null;
  const toggle = (id: SiteId) =>
    onChange(value?.includes(id) ? value.filter((each) => each !== id) : [...(value ?? []), id]);
  return (
    <div className="grid gap-1.5">
      <p className="text-sm font-medium">{t('where')}</p>
      <div>
        <Segmented
          label={t('where')}
          value={value === null ? 'all' : 'some'}
          onChange={(next) => onChange(next === 'all' ? null : [])}
          options={[
            { value: 'all', label: t('whereMaker') },
            { value: 'some', label: t('whereSome') },
          ]}
        />
      </div>
      {value !== null && (
        <div className="grid gap-x-4 sm:grid-cols-2">
          {sites.map(({ id, name }) => (
            <Checkbox key={id} label={name} checked={value.includes(id)} onChange={() => toggle(id)} />
          ))}
        </div>
      )}
      {error && (
        <p role="alert" className="text-xs text-denied">
          {t('sitesMissing')}
        </p>
      )}
    </div>
  );
}
