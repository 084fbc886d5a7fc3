'use client';

import type { AccessEvent, TrackId } from '@munjigi/contracts';
import { ArrowRight, DoorOpen, UserRoundPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useSyncExternalStore } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { OutcomeBadge, useSubject } from './outcome';
import type { TrackMemory } from './track-memory';
import { useFeed } from './use-live-data';

interface EventFeedProps {
  readonly memory: TrackMemory;
  readonly onRegister: (event: AccessEvent) => void;
}

/** What happened at the doors, as it happens. */
export function EventFeed({ memory, onRegister }: EventFeedProps) {
  const t = useTranslations('feed');
  const feed = useFeed();
  return (
    <section aria-labelledby="feed-title" className="flex min-h-0 flex-col lg:border-l">
      <header className="flex h-11 shrink-0 items-center justify-between px-4">
        <h2 id="feed-title" className="text-sm font-semibold">
          {t('title')}
        </h2>
        <Button asChild variant="ghost" size="sm" className="-mr-2">
          <Link prefetch={false} href="/events">
            {t('all')}
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      </header>
      <div
        role="log"
        aria-label={t('label')}
        aria-busy={feed.isPending}
        tabIndex={0}
        className="min-h-0 flex-1 focus-visible:-outline-offset-2 lg:overflow-y-auto"
      >
        {feed.isPending && <FeedPlaceholder />}
        {feed.isError && !feed.data && <ErrorNotice error={feed.error} onRetry={() => void feed.refetch()} />}
        {feed.data?.length === 0 && (
          <Notice icon={<DoorOpen />} title={t('empty')}>
            {t('emptyHint')}
          </Notice>
        )}
        {feed.data && feed.data.length > 0 && (
          <ol className="pb-2">
            {feed.data.map((event, index) => (
              <FeedRow
                key={event.id}
                event={event}
                memory={memory}
                isLatestOfTrack={feed.data.findIndex(({ trackId }) => trackId === event.trackId) === index}
                onRegister={() => onRegister(event)}
              />
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

interface FeedRowProps {
  readonly event: AccessEvent;
  readonly memory: TrackMemory;
  /** A face that was denied several times is offered once. */
  readonly isLatestOfTrack: boolean;
  readonly onRegister: () => void;
}

function FeedRow({ event, memory, isLatestOfTrack, onRegister }: FeedRowProps) {
  const t = useTranslations('feed');
  const formats = useFormats();
  const subject = useSubject();
  const nowMs = useNow();
  const picture = useTrackPicture(memory, event.trackId);
  const registrable =
    isLatestOfTrack &&
    event.reason === 'unknown-person' &&
    memory.isRegistrable(event.trackId, performance.now());
  const name = subject(event);
  return (
    <li
      data-outcome={event.outcome}
      data-event-id={event.id}
      className="flex animate-arrive items-center gap-3 px-4 py-2 hover:bg-hover/60"
    >
      <Avatar
        name={event.person?.name ?? null}
        src={event.person?.portraitUrl ?? event.pictureUrl ?? picture}
        className="size-9"
      />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className={cn('truncate text-sm font-medium', !event.person && 'text-ink-muted')}>
            {name}
          </span>
        </p>
        <p className="flex gap-1 text-xs text-ink-faint">
          <span className="truncate">{event.door.name}</span>
          <span aria-hidden>·</span>
          <time
            dateTime={event.occurredAt}
            title={formats.full(event.occurredAt)}
            className="whitespace-nowrap tabular-nums"
          >
            {formats.ago(event.occurredAt, nowMs)}
          </time>
        </p>
      </div>
      {registrable && (
        <Button size="iconSm" aria-label={t('register', { door: event.door.name })} onClick={onRegister}>
          <UserRoundPlus aria-hidden />
        </Button>
      )}
      <OutcomeBadge outcome={event.outcome} />
    </li>
  );
}

function useTrackPicture(memory: TrackMemory, trackId: TrackId): string | null {
  const read = () => memory.get(trackId)?.picture ?? null;
  return useSyncExternalStore(
    (listener) => memory.subscribe(listener),
    read,
    () => null,
  );
}

function FeedPlaceholder() {
  return Array.from({ length: 8 }, (_, row) => (
    <div key={row} className="flex items-center gap-3 px-4 py-2">
      <Skeleton className="size-9 rounded-full" />
      <span className="grid flex-1 gap-1.5">
        <Skeleton className="h-3.5 w-1/2" />
        <Skeleton className="h-3 w-1/3" />
      </span>
    </div>
  ));
}
