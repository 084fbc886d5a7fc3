'use client';

import type { PersonId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Select } from '@/components/ui/select';
import { useGroups, useSites } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';
import { PersonPicker } from '../../people/person-picker';
import type { FilterProps } from './report-filters';

/** Where or of whom: a choice among what is there. @param siteId only doors and groups of that site are offered */
export function PlaceFilter(props: FilterProps & { readonly siteId: string | undefined }) {
  if (props.field === 'siteId') return <SiteFilter {...props} />;
  if (props.field === 'doorId') return <DoorFilter {...props} />;
  if (props.field === 'groupId') return <GroupFilter {...props} />;
  return <PersonFilter {...props} />;
}

interface ChoiceProps {
  readonly label: string;
  readonly none: string;
  readonly options: readonly { readonly id: string; readonly name: string }[] | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The list's own value for none: it takes no empty one. */
const NONE = 'none';

function Choice({ label, none, options = [], value, onChange }: ChoiceProps) {
  if (options.length === 0) return null;
  return (
    <Select
      label={label}
      value={value === '' ? NONE : value}
      onChange={(next) => onChange(next === NONE ? '' : next)}
      options={[{ value: NONE, label: none }, ...options.map(({ id, name }) => ({ value: id, label: name }))]}
      className="max-w-48"
    />
  );
}

function SiteFilter(props: FilterProps) {
  const t = useTranslations('reports');
  const sites = useSites();
  return <Choice {...props} label={t('site')} none={t('allSites')} options={sites.data} />;
}

function DoorFilter(props: FilterProps & { readonly siteId: string | undefined }) {
  const t = useTranslations('events');
  const doors = useDoors().data?.filter((door) => !props.siteId || door.site.id === props.siteId);
  return <Choice {...props} label={t('filter.door')} none={t('allDoors')} options={doors} />;
}

function GroupFilter(props: FilterProps) {
  const t = useTranslations('reports');
  const groups = useGroups();
  return <Choice {...props} label={t('group')} none={t('allGroups')} options={groups.data} />;
}

function PersonFilter({ value, onChange }: FilterProps) {
  const t = useTranslations('events');
  const may = useMay();
  if (!may('people:read')) return null;
  return (
    <PersonPicker
      label={t('filter.person')}
      none={t('anyone')}
      noneAllowed
      personId={value === '' ? undefined : (value as PersonId)}
      onChange={(personId) => onChange(personId ?? '')}
    />
  );
}
