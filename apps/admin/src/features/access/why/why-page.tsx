'use client';

import type { DoorId, PersonId, WhyQuery } from '@munjigi/contracts';
import { CircleHelp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { idOf, instantOf } from '@/lib/parse';
import { instantOfLocalInput, localInputOf } from '../../events/event-filters';
import { useDoors } from '../../live/use-live-data';
import { PersonPicker } from '../../people/person-picker';
import { useWhy } from './use-why';
import { WhyAnswer } from './why-answer';

/** Whether a person may pass a door at a time, and why; the question is in the address. */
export function WhyPage() {
  const t = useTranslations('why');
  const [url, changeUrl] = useUrlState();
  const address = url.toString();
  const asked = useMemo(() => questionOf(new URLSearchParams(address)), [address]);
  const doors = useDoors();
  const door = doors.data?.find(({ id }) => id === asked.doorId) ?? null;
  const query = useMemo<WhyQuery | null>(
    () =>
      asked.personId && asked.doorId ? { ...asked, personId: asked.personId, doorId: asked.doorId } : null,
    [asked],
  );
  const why = useWhy(query);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="grid max-w-3xl gap-5 p-4 md:p-6">
        <div role="group" aria-label={t('question')} className="grid gap-3 sm:grid-cols-3">
          <PersonPicker
            label={t('person')}
            none={t('choosePerson')}
            personId={asked.personId}
            className="w-full"
            onChange={(personId) => changeUrl({ personId }, 'replace')}
          />
          <Select<DoorId | ''>
            label={t('door')}
            placeholder={t('chooseDoor')}
            value={door?.id ?? ''}
            onChange={(doorId) => changeUrl({ doorId }, 'replace')}
            options={(doors.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            className="w-full"
          />
          <Input
            type="datetime-local"
            aria-label={t('at')}
            title={t('atHint')}
            value={localInputOf(asked.at)}
            onChange={(event) => changeUrl({ at: instantOfLocalInput(event.target.value) }, 'replace')}
            className="tabular-nums"
          />
        </div>
        <p className="-mt-3 text-xs text-ink-faint">{t('atHint')}</p>
        {query === null && (
          <Notice icon={<CircleHelp />} title={t('empty')}>
            {t('emptyHint')}
          </Notice>
        )}
        {why.isError && <ErrorNotice error={why.error} onRetry={() => void why.refetch()} />}
        {query !== null && why.isPending && <Skeleton className="h-24 rounded-xl" />}
        {why.data && !why.isError && <WhyAnswer why={why.data} />}
      </div>
    </div>
  );
}

/** The question of an address; what means nothing is not asked. */
function questionOf(search: URLSearchParams) {
  return {
    personId: idOf<PersonId>(search.get('personId')),
    doorId: idOf<DoorId>(search.get('doorId')),
    at: instantOf(search.get('at')),
  };
}
