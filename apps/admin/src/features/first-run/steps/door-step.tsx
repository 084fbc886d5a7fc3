'use client';

import type { Door, FirstRun } from '@munjigi/contracts';
import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { useMay } from '../../auth/use-may';
import { useDoors } from '../../live/use-live-data';

const PairDialog = dynamic(() => import('../../devices/pair-dialog').then((module) => module.PairDialog));

const SHOWN_MAX = 4;

/** The doors that there are, and the way to tie a computer to one of them or to a new one. */
export function DoorStep({ run, isDone }: { readonly run: FirstRun; readonly isDone: boolean }) {
  const t = useTranslations('firstRun');
  const may = useMay();
  const doors = useDoors();
  const [pairing, setPairing] = useState(false);
  const all = doors.data ?? [];
  // A door that waits for its computer is offered, lest it is added a second time.
  const waiting = all.find(({ online, lastSeenAt }) => !online && lastSeenAt === null) ?? null;
  return (
    <>
      <p className="text-ink-muted">
        {isDone
          ? t('door.heard', { count: run.doorsHeard })
          : run.doors > 0
            ? t('door.waiting', { count: run.doors })
            : t('door.hint')}
      </p>
      {all.length > 0 && (
        <ul className="divide-y rounded-xl border bg-surface">
          {all.slice(0, SHOWN_MAX).map((door) => (
            <DoorRow key={door.id} door={door} />
          ))}
        </ul>
      )}
      {may('doors:write') && (
        <Button
          variant={isDone ? 'outline' : 'primary'}
          size={isDone ? 'sm' : 'md'}
          className="justify-self-start"
          onClick={() => setPairing(true)}
        >
          <Link2 aria-hidden />
          {t(isDone ? 'door.another' : 'door.pair')}
        </Button>
      )}
      {pairing && <PairDialog doors={all} door={isDone ? null : waiting} onClose={() => setPairing(false)} />}
    </>
  );
}

function DoorRow({ door }: { readonly door: Door }) {
  const t = useTranslations('live');
  const words = useTranslations('door');
  const isKnown = door.online || door.lastSeenAt !== null;
  return (
    <li className="flex items-center gap-2 px-3.5 py-2">
      <Link href={`/doors/${door.id}`} className="min-w-0 flex-1 truncate font-medium hover:underline">
        {door.name}
      </Link>
      <Badge tone={door.online ? 'granted' : 'caution'}>
        {isKnown ? t(door.online ? 'state.online' : 'state.offline') : words('deviceState.unpaired')}
      </Badge>
    </li>
  );
}
