'use client';

import type { GroupId, Person } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Refusal } from '@/components/ui/refusal';
import { Select } from '@/components/ui/select';
import { useToaster } from '@/components/ui/toast';
import { accessKeys } from '../../access/access-api';
import { useGroups } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { useRefreshPeople } from '../../people/use-people';
import { grantEverything, joinGroup } from '../grant-everything';
import type { FirstPair } from '../use-first-pair';

interface AccessStepProps {
  readonly pair: FirstPair;
  readonly onChange: (change: { readonly doorId?: string; readonly personId?: string }) => void;
}

/** Whether the rules let the person pass the door, and what can be done when they do not. */
export function AccessStep({ pair: { door, doors, person, people, why }, onChange }: AccessStepProps) {
  const t = useTranslations('firstRun');
  const reason = useTranslations('reason');
  if (!door || !person) return <p className="text-ink-muted">{t('access.needs')}</p>;
  const decision = why.data?.decision;
  const isGranted = decision?.outcome === 'granted';
  const level = why.data?.names.accessLevels.find(({ id }) => id === decision?.accessLevelId)?.name;
  const names = { name: person.name, door: door.name };
  return (
    <>
      {(doors.length > 1 || people.length > 1) && (
        <div className="grid gap-2 sm:grid-cols-2">
          <Select
            label={t('access.person')}
            value={person.id}
            onChange={(personId) => onChange({ personId })}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            className="w-full"
          />
          <Select
            label={t('access.door')}
            value={door.id}
            onChange={(doorId) => onChange({ doorId })}
            options={doors.map(({ id, name }) => ({ value: id, label: name }))}
            className="w-full"
          />
        </div>
      )}
      {decision && (
        <div className="flex gap-2.5">
          {isGranted ? (
            <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-granted" strokeWidth={2.5} />
          ) : (
            <X aria-hidden className="mt-0.5 size-4 shrink-0 text-denied" strokeWidth={2.5} />
          )}
          <p role="status">
            <span className="font-medium">{t(isGranted ? 'access.yes' : 'access.no', names)}</span>{' '}
            <span className="text-ink-muted">
              {isGranted ? level && t('access.by', { level }) : reason(decision.reason)}
            </span>{' '}
            <Link
              href={`/access/why?personId=${person.id}&doorId=${door.id}`}
              className="text-accent underline underline-offset-2"
            >
              {t('access.why')}
            </Link>
          </p>
        </div>
      )}
      <Refusal error={why.error} />
      {decision && !isGranted && <LetPass person={person} />}
    </>
  );
}

/** Puts the person into a group that is there, or into one that opens every door. */
function LetPass({ person }: { readonly person: Person }) {
  const t = useTranslations('firstRun');
  const may = useMay();
  const cache = useQueryClient();
  const toaster = useToaster();
  const refresh = useRefreshPeople();
  const { data: groups = [] } = useGroups();
  const [groupId, setGroupId] = useState<GroupId | ''>('');
  const afterwards = async () => {
    await Promise.all([refresh(), cache.invalidateQueries({ queryKey: accessKeys.all })]);
    toaster.done(t('access.joined', { name: person.name }));
  };
  const join = useMutation({
    mutationFn: (id: GroupId) => joinGroup(person.id, id),
    onSuccess: afterwards,
  });
  const grant = useMutation({
    mutationFn: () => grantEverything(person.id, t('access.groupName')),
    onSuccess: afterwards,
  });
  if (!may('access:write', null)) return null;
  return (
    <div className="grid gap-3 rounded-xl border bg-surface px-3.5 py-3">
      {groups.length > 0 && (
        <div className="flex flex-wrap gap-2">
          <Select
            label={t('access.group')}
            placeholder={t('access.choose')}
            value={groupId}
            onChange={setGroupId}
            options={groups.map(({ id, name }) => ({ value: id, label: name }))}
            className="w-full sm:w-64"
          />
          <Button
            disabled={groupId === ''}
            pending={join.isPending}
            onClick={() => groupId !== '' && join.mutate(groupId)}
          >
            {t('access.join', { name: person.name })}
          </Button>
        </div>
      )}
      <div className="grid gap-1">
        <Button className="justify-self-start" pending={grant.isPending} onClick={() => grant.mutate()}>
          {t('access.grant')}
        </Button>
        <p className="text-xs text-ink-faint">{t('access.grantHint')}</p>
      </div>
      <Refusal error={join.error ?? grant.error} />
    </div>
  );
}
