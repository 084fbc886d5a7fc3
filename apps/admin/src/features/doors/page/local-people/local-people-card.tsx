'use client';

import type { Door, LocalPersonAtDoor } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { ApiError } from '@/lib/api/api-error';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../../auth/use-may';
import { localPhotoUrl } from './local-people-api';
import { useLocalPeople } from './use-local-people';

const AcceptDialog = lazyPart(() => import('./accept-dialog').then((m) => m.AcceptDialog));
const RejectDialog = lazyPart(() => import('./reject-dialog').then((m) => m.RejectDialog));

/** Who was registered at the door itself before it had a server; nothing where nobody waits. */
export function LocalPeopleCard({ door }: { readonly door: Door }) {
  const t = useTranslations('localPeople');
  const waiting = useLocalPeople(door, useMay()('enrolment:write', door.site.id));
  const people = waiting.data ?? [];
  const hasLeft = waiting.error instanceof ApiError && waiting.error.code === 'enrolment/door-offline';
  if (people.length === 0 && (waiting.error === null || hasLeft)) return null;
  return (
    <Card title={t('title')}>
      <div className="grid gap-2 px-3.5 py-2.5">
        <Refusal error={waiting.error} />
        <p className="text-xs text-ink-muted">{t('hint')}</p>
      </div>
      <ul className="divide-y border-t">
        {people.map((person) => (
          <PersonRow key={person.id} door={door} person={person} />
        ))}
      </ul>
    </Card>
  );
}

interface PersonRowProps {
  readonly door: Door;
  readonly person: LocalPersonAtDoor;
}

function PersonRow({ door, person }: PersonRowProps) {
  const t = useTranslations('localPeople');
  const formats = useFormats();
  const [asked, setAsked] = useState<'accept' | 'reject' | null>(null);
  const onClose = () => setAsked(null);
  return (
    <li className="flex flex-wrap items-center gap-3 px-3.5 py-2">
      <Avatar name={person.name} src={localPhotoUrl(door.id, person.id)} className="size-10" />
      <div className="min-w-0 flex-1">
        <p className="truncate">{person.name}</p>
        <p className="text-xs text-ink-faint">
          {t('since', { at: formats.dateTime(person.createdAt) })}
          {` · ${t(person.passes ? 'passes' : 'passesNot')}`}
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="sm" variant="ghost" onClick={() => setAsked('reject')}>
          {t('reject')}
        </Button>
        <Button size="sm" onClick={() => setAsked('accept')}>
          {t('accept')}
        </Button>
      </div>
      {asked === 'accept' && <AcceptDialog door={door} person={person} onClose={onClose} />}
      {asked === 'reject' && <RejectDialog door={door} person={person} onClose={onClose} />}
    </li>
  );
}
