'use client';

import type { AccessEvent } from '@munjigi/contracts';
import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Dialog } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { useWhy } from '../access/why/use-why';
import { WhySteps } from '../access/why/why-answer';
import { useMay } from '../auth/use-may';
import { OutcomeBadge, useSubject } from '../live/outcome';
import { SimilarityScale } from './similarity-scale';

interface EventPanelProps {
  /** Null: none is looked at. Undefined: the one that is asked for is not among those shown. */
  readonly event: AccessEvent | null | undefined;
  readonly onClose: () => void;
}

/** One event beside the list: what the door saw, what it did, and why. */
export function EventPanel({ event, onClose }: EventPanelProps) {
  const t = useTranslations('event');
  return (
    <Dialog
      open={event !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('title')}
      placement="side"
      className="sm:w-[28rem]"
    >
      {event && <EventDetails event={event} />}
      {event === undefined && (
        <Notice icon={<SearchX />} title={t('notHere')}>
          {t('notHereHint')}
        </Notice>
      )}
    </Dialog>
  );
}

function EventDetails({ event }: { readonly event: AccessEvent }) {
  const t = useTranslations('event');
  const reason = useTranslations('reason');
  const formats = useFormats();
  const may = useMay();
  const { person, door } = event;
  return (
    <div className="grid gap-5 px-5 pt-1 pb-6">
      <Who event={event} />
      <div className="grid gap-1">
        <div className="flex items-center gap-2">
          <OutcomeBadge outcome={event.outcome} />
          <span className="font-medium">{reason(event.reason)}</span>
        </div>
        <p className="text-xs text-ink-muted">
          <Explanation event={event} />
        </p>
      </div>
      {event.pictureUrl !== null && may('people:read') && <Picture url={event.pictureUrl} />}
      <SimilarityScale event={event} />
      <dl className="grid grid-cols-[8rem_1fr] gap-x-3 gap-y-2">
        <Row label={t('door')}>
          <Link href={`/doors/${door.id}`} className="underline-offset-2 hover:underline">
            {door.name}
          </Link>
        </Row>
        <Row label={t('time')}>{formats.full(event.occurredAt)}</Row>
        <Row label={t('received')}>{formats.dateTime(event.receivedAt)}</Row>
        {event.quality !== null && <Row label={t('quality')}>{formats.similarity(event.quality)}</Row>}
        {event.liveness !== null && <Row label={t('liveness')}>{formats.similarity(event.liveness)}</Row>}
        <Row label={t('model')}>{event.modelId}</Row>
        <Row label={t('sequence')}>{event.sequence}</Row>
      </dl>
      {event.outcome === 'denied' && person?.name && may('access:read') && (
        <WhyDenied event={event} personId={person.id} />
      )}
    </div>
  );
}

/** What the door saw; gone without a word once nobody may keep it any more. */
function Picture({ url }: { readonly url: string }) {
  const t = useTranslations('event');
  const [isGone, setGone] = useState(false);
  if (isGone) return null;
  return (
    <img
      src={url}
      alt={t('picture')}
      onError={() => setGone(true)}
      className="max-h-80 w-fit rounded-xl ring-1 ring-line"
    />
  );
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-xs leading-5 text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words tabular-nums">{children}</dd>
    </div>
  );
}

function Who({ event }: { readonly event: AccessEvent }) {
  const subject = useSubject();
  const { person } = event;
  const isKnown = person !== null && person.name !== null;
  return (
    <div className="flex items-center gap-3">
      <Avatar name={person?.name ?? null} src={person?.portraitUrl ?? null} className="size-11" />
      {isKnown ? (
        <Link href={`/people/${person.id}`} className="font-semibold underline-offset-2 hover:underline">
          {person.name}
        </Link>
      ) : (
        <span className="font-semibold text-ink-muted">{subject(event)}</span>
      )}
    </div>
  );
}

/** The reason in a sentence, where the bare word leaves a question. */
function Explanation({ event }: { readonly event: AccessEvent }) {
  const t = useTranslations('event');
  const { reason, similarity, similarityMin, runnerUpSimilarity } = event;
  const formats = useFormats();
  if (reason === 'unknown-person') {
    if (similarity === null) return t('galleryEmpty');
    return t('belowThreshold', {
      low: formats.similarity(similarity),
      high: formats.similarity(similarityMin),
    });
  }
  if (reason === 'ambiguous' && similarity !== null && runnerUpSimilarity !== null)
    return t('tooClose', {
      high: formats.similarity(similarity),
      low: formats.similarity(runnerUpSimilarity),
    });
  if (event.outcome === 'granted') return t('known');
  return event.person ? t('recognised') : null;
}

/** What stands in a person's way at that door and time, by the rules of today. */
function WhyDenied({
  event,
  personId,
}: {
  readonly event: AccessEvent;
  readonly personId: NonNullable<AccessEvent['person']>['id'];
}) {
  const t = useTranslations('event');
  const why = useWhy({ personId, doorId: event.door.id, at: event.occurredAt });
  return (
    <section aria-label={t('whyDenied')} className="grid gap-2">
      <div>
        <h3 className="text-sm font-semibold">{t('whyDenied')}</h3>
        <p className="text-xs text-ink-faint">{t('whyHint')}</p>
      </div>
      <Refusal error={why.error} />
      {why.isPending && <Skeleton className="h-40 rounded-xl" />}
      {why.data && <WhySteps why={why.data} />}
    </section>
  );
}
