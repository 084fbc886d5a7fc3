'use client';

import type { AccessLevelRequest, DoorId, ScheduleId, SiteId } from '@munjigi/contracts';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { CheckList } from '@/components/ui/check-list';
import { Select } from '@/components/ui/select';
import { useDoors } from '../../live/use-live-data';
import { type KeptLevel, SCHEDULES } from '../access-api';
import type { FormProps } from '../documents-page';
import { NameField } from '../name-field';
import { Section } from '../section';
import { SiteSelect } from '../site-select';
import { useDocuments } from '../use-documents';
import { useSites } from '../use-places';

type Entry = AccessLevelRequest['entries'][number];

/** The editor of one level. */
export function LevelForm({ draft, onChange, readOnly }: FormProps<KeptLevel, AccessLevelRequest>) {
  const t = useTranslations('levels');
  const schedules = useDocuments(SCHEDULES).data ?? [];
  const setEntries = (entries: Entry[]) => onChange({ ...draft, entries });
  const add = () => {
    const scheduleId = schedules[0]?.id ?? ('' as ScheduleId);
    setEntries([...draft.entries, { doors: { kind: 'doors', doorIds: [] }, scheduleId }]);
  };
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <NameField value={draft.name} readOnly={readOnly} onChange={(name) => onChange({ ...draft, name })} />
        {!readOnly && (
          <SiteSelect value={draft.siteId} onChange={(siteId) => onChange({ ...draft, siteId })} />
        )}
      </div>
      <Section title={t('entries')} hint={t('entriesHint')}>
        <ul className="grid gap-3">
          {draft.entries.map((entry, index) => (
            <EntryCard
              key={index}
              entry={entry}
              siteId={draft.siteId}
              readOnly={readOnly}
              onChange={(next) => setEntries(draft.entries.with(index, next))}
              onRemove={() => setEntries(draft.entries.filter((_, at) => at !== index))}
            />
          ))}
        </ul>
        {!readOnly && (
          <Button size="sm" className="justify-self-start" onClick={add}>
            <Plus aria-hidden />
            {t('addEntry')}
          </Button>
        )}
      </Section>
    </>
  );
}

interface EntryCardProps {
  readonly entry: Entry;
  /** Of the level: it may speak of nothing of another site. */
  readonly siteId: SiteId | null;
  readonly readOnly: boolean;
  readonly onChange: (entry: Entry) => void;
  readonly onRemove: () => void;
}

/** Some doors and the schedule that opens them. */
function EntryCard({ entry, siteId, readOnly, onChange, onRemove }: EntryCardProps) {
  const t = useTranslations('levels');
  const usable = <T extends { readonly siteId: SiteId | null }>(all: readonly T[]) =>
    all.filter((each) => each.siteId === null || siteId === null || each.siteId === siteId);
  const schedules = usable(useDocuments(SCHEDULES).data ?? []);
  return (
    <li className="grid gap-3 rounded-lg border bg-surface p-3 md:grid-cols-[1fr_16rem]">
      <DoorsOfEntry entry={entry} siteId={siteId} readOnly={readOnly} onChange={onChange} />
      <div className="grid content-start gap-1.5">
        <span className="text-sm font-medium">{t('schedule')}</span>
        {readOnly ? (
          <span>{schedules.find(({ id }) => id === entry.scheduleId)?.name}</span>
        ) : (
          <>
            <Select<ScheduleId>
              label={t('schedule')}
              value={entry.scheduleId}
              onChange={(scheduleId) => onChange({ ...entry, scheduleId })}
              options={schedules.map(({ id, name }) => ({ value: id, label: name }))}
              className="w-full"
            />
            {schedules.length === 0 && <p className="text-xs text-caution">{t('noSchedules')}</p>}
            <Button variant="ghost" size="sm" className="justify-self-start" onClick={onRemove}>
              <X aria-hidden />
              {t('removeEntry')}
            </Button>
          </>
        )}
      </div>
    </li>
  );
}

function DoorsOfEntry({ entry, siteId, readOnly, onChange }: Omit<EntryCardProps, 'onRemove'>) {
  const t = useTranslations('levels');
  const sites = useSites().data ?? [];
  const doors = (useDoors().data ?? []).filter(({ site }) => siteId === null || site.id === siteId);
  const { doors: chosen } = entry;
  const choice = chosen.kind === 'site' ? (`site/${chosen.siteId}` as const) : chosen.kind;
  const choose = (value: typeof choice) => {
    if (value === 'all') return onChange({ ...entry, doors: { kind: 'all' } });
    if (value === 'doors') return onChange({ ...entry, doors: { kind: 'doors', doorIds: [] } });
    onChange({ ...entry, doors: { kind: 'site', siteId: value.slice('site/'.length) as SiteId } });
  };
  return (
    <div className="grid content-start gap-2">
      <span className="text-sm font-medium">{t('doors')}</span>
      {!readOnly && (
        <Select<typeof choice>
          label={t('doors')}
          value={choice}
          onChange={choose}
          options={[
            { value: 'doors', label: t('theseDoors') },
            ...sites
              .filter(({ id }) => siteId === null || id === siteId)
              .map(({ id, name }) => ({
                value: `site/${id}` as const,
                label: t('doorsOfSite', { name }),
              })),
            ...(siteId === null ? [{ value: 'all' as const, label: t('allDoors') }] : []),
          ]}
          className="w-full"
        />
      )}
      {chosen.kind === 'doors' ? (
        <CheckList<DoorId>
          label={t('theseDoors')}
          options={doors.map(({ id, name, site }) => ({ value: id, label: name, note: site.name }))}
          chosen={chosen.doorIds}
          disabled={readOnly}
          empty={t('noDoors')}
          onChange={(doorIds) => onChange({ ...entry, doors: { kind: 'doors', doorIds } })}
        />
      ) : (
        <p className="text-xs text-ink-faint">{t('laterToo')}</p>
      )}
    </div>
  );
}
