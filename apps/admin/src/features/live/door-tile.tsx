'use client';

import type { AccessEvent, Door, TrackId } from '@munjigi/contracts';
import { Check, CircleHelp, Lock, LockOpen, SlidersHorizontal, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { DoorPicture } from './door-picture';
import { useSubject } from './outcome';
import type { TrackMemory } from './track-memory';
import { useFreshEvent } from './use-live-data';

interface DoorTileProps {
  readonly door: Door;
  /** The door's newest event that is known, if any. */
  readonly last: AccessEvent | undefined;
  readonly memory: TrackMemory;
  readonly onRegister: (trackId: TrackId) => void;
  readonly onSettings: () => void;
}

/** One door: its picture, how it stands, and who passed last. */
export function DoorTile({ door, last, memory, onRegister, onSettings }: DoorTileProps) {
  const t = useTranslations('live');
  const nameId = useId();
  const fresh = useFreshEvent(door.id);
  return (
    <section
      aria-labelledby={nameId}
      data-door-id={door.id}
      className={cn(
        'overflow-clip rounded-xl border bg-surface shadow-low transition-shadow duration-300',
        fresh?.outcome === 'granted' && 'ring-2 ring-granted',
        fresh?.outcome === 'denied' && 'ring-2 ring-denied',
      )}
    >
      <DoorPicture door={door} memory={memory} onRegister={onRegister}>
        {fresh && <FreshStrip event={fresh} />}
      </DoorPicture>
      <div className="flex items-center gap-2 px-3.5 pt-2.5">
        <h2 id={nameId} className="min-w-0 flex-1 truncate text-sm font-semibold">
          {door.name}
        </h2>
        <DoorState door={door} />
        <Button
          variant="ghost"
          size="iconSm"
          aria-label={t('settingsOf', { door: door.name })}
          title={t('settingsOf', { door: door.name })}
          onClick={onSettings}
          className="-mr-1.5"
        >
          <SlidersHorizontal aria-hidden />
        </Button>
      </div>
      <LastPassage event={last} />
    </section>
  );
}

function DoorState({ door }: { readonly door: Door }) {
  const t = useTranslations('live');
  if (!door.online) return <Badge tone="caution">{t('state.offline')}</Badge>;
  const Icon = { locked: Lock, unlocked: LockOpen, unknown: CircleHelp }[door.lock];
  return (
    <>
      <Badge tone={door.lock === 'unlocked' ? 'granted' : 'plain'}>
        <Icon aria-hidden />
        {t(`state.${door.lock}`)}
      </Badge>
      <Badge tone="plain">
        <span aria-hidden className="size-1.5 rounded-full bg-granted" />
        {t('state.online')}
      </Badge>
    </>
  );
}

/** The decision as it falls, in the picture's corner, where it hides no face's label. */
function FreshStrip({ event }: { readonly event: AccessEvent }) {
  const t = useTranslations('outcome');
  const subject = useSubject();
  const granted = event.outcome === 'granted';
  return (
    <p
      className={cn(
        'absolute top-2 left-2 z-20 flex h-7 max-w-[calc(100%-5rem)] animate-in items-center gap-1.5 rounded-md pr-2.5 pl-2 text-xs font-semibold text-over-ink shadow-float duration-200 slide-in-from-top-1 fade-in',
        granted ? 'bg-over-granted' : 'bg-over-denied',
      )}
    >
      {granted ? (
        <Check aria-hidden className="size-3.5 shrink-0" strokeWidth={3} />
      ) : (
        <X aria-hidden className="size-3.5 shrink-0" strokeWidth={3} />
      )}
      {t(event.outcome)}
      <span className="truncate font-medium">{subject(event)}</span>
    </p>
  );
}

function LastPassage({ event }: { readonly event: AccessEvent | undefined }) {
  const t = useTranslations('live');
  const outcome = useTranslations('outcome');
  const subject = useSubject();
  const formats = useFormats();
  const nowMs = useNow();
  return (
    <p className="flex gap-1 truncate px-3.5 pt-0.5 pb-3 text-xs text-ink-faint">
      {event ? (
        <>
          <span className={cn('font-medium', event.outcome === 'granted' ? 'text-granted' : 'text-denied')}>
            {outcome(event.outcome)}
          </span>
          <span className="truncate">{subject(event)}</span>
          <span aria-hidden>·</span>
          <time dateTime={event.occurredAt} title={formats.full(event.occurredAt)} className="tabular-nums">
            {formats.ago(event.occurredAt, nowMs)}
          </time>
        </>
      ) : (
        t('noPassage')
      )}
    </p>
  );
}
