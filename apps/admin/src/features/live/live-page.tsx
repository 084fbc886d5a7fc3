'use client';

import type { AccessEvent, Door, DoorId, TrackId } from '@munjigi/contracts';
import { DoorClosed } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { lazyPart } from '@/lib/lazy-part';
import { PageHeader } from '../shell/page-header';
import { DoorTile } from './door-tile';
import { EventFeed } from './event-feed';
import type { Candidate } from './register-dialog';
import { TrackMemory } from './track-memory';
import { useDoors, useFeed, useWatch } from './use-live-data';

const DoorSettingsDialog = lazyPart(
  () => import('../doors/door-settings-dialog').then((m) => m.DoorSettingsDialog),
  { isOpen: ({ door }) => door !== null },
);
const RegisterDialog = lazyPart(() => import('./register-dialog').then((m) => m.RegisterDialog), {
  isOpen: ({ candidate }) => candidate !== null,
});

/** All doors at once, and what happens at them. */
export function LivePage() {
  const t = useTranslations('live');
  const doors = useDoors();
  const feed = useFeed();
  const [memory] = useState(() => new TrackMemory());
  const [candidate, setCandidate] = useState<Candidate | null>(null);
  const [settled, setSettled] = useState<DoorId | null>(null);
  const items = doors.data ?? [];
  useWatch(items.map(({ id }) => id));

  const register = useCallback(
    (door: { readonly id: DoorId; readonly name: string }, trackId: TrackId) =>
      setCandidate({
        doorId: door.id,
        doorName: door.name,
        trackId,
        picture: memory.get(trackId)?.picture ?? null,
      }),
    [memory],
  );
  const registerEvent = useCallback((event: AccessEvent) => register(event.door, event.trackId), [register]);

  return (
    <>
      <PageHeader title={t('title')} note={items.length > 0 && <DoorCount doors={items} />} />
      <div className="min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1fr)_22rem] lg:overflow-hidden">
        <div className="p-4 md:p-6 lg:overflow-y-auto">
          {doors.isError && !doors.data && (
            <ErrorNotice error={doors.error} onRetry={() => void doors.refetch()} className="h-full" />
          )}
          {doors.data?.length === 0 && (
            <Notice icon={<DoorClosed />} title={t('empty')} className="h-full">
              {t('emptyHint')}
            </Notice>
          )}
          <div className="grid gap-4 sm:grid-cols-[repeat(auto-fill,minmax(18rem,1fr))] md:gap-5">
            {doors.isPending && [0, 1].map((index) => <TilePlaceholder key={index} />)}
            {items.map((door) => (
              <DoorTile
                key={door.id}
                door={door}
                last={feed.data?.find((event) => event.door.id === door.id)}
                memory={memory}
                onRegister={(trackId) => register(door, trackId)}
                onSettings={() => setSettled(door.id)}
              />
            ))}
          </div>
        </div>
        <EventFeed memory={memory} onRegister={registerEvent} />
      </div>
      <DoorSettingsDialog
        door={items.find(({ id }) => id === settled) ?? null}
        onClose={() => setSettled(null)}
      />
      <RegisterDialog
        candidate={candidate}
        onClose={() => setCandidate(null)}
        onRegistered={(trackId) => memory.registered(trackId)}
      />
    </>
  );
}

function DoorCount({ doors }: { readonly doors: readonly Door[] }) {
  const t = useTranslations('live');
  return t('count', { count: doors.length, online: doors.filter(({ online }) => online).length });
}

function TilePlaceholder() {
  return (
    <div className="overflow-hidden rounded-xl border bg-surface">
      <Skeleton className="aspect-4/3 rounded-none" />
      <div className="grid gap-2 p-3.5">
        <Skeleton className="h-4 w-2/5" />
        <Skeleton className="h-3 w-1/2" />
      </div>
    </div>
  );
}
