'use client';

import type { PersonId } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api/api';
import { useFormats } from '@/lib/hooks/use-formats';
import { OutcomeBadge } from '../../live/outcome';
import { personKeys } from './person-api';

const SHOWN = 12;

/** A person's newest events, and the way to all of them. */
export function PersonEvents({ personId }: { readonly personId: PersonId }) {
  const t = useTranslations('person');
  const reason = useTranslations('reason');
  const formats = useFormats();
  const events = useQuery({
    queryKey: personKeys.events(personId),
    queryFn: ({ signal }) => api.events({ personId, limit: SHOWN }, { signal }),
  });
  return (
    <Card
      title={t('events')}
      action={
        <Button asChild variant="ghost" size="sm">
          <Link prefetch={false} href={`/events?personId=${personId}`}>
            {t('allEvents')}
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      }
    >
      <div className="px-3.5 py-2.5 empty:hidden">
        {events.isPending && <Skeleton className="h-5 w-2/3" />}
        <Refusal error={events.error} />
        {events.data?.items.length === 0 && <p className="text-ink-muted">{t('noEvents')}</p>}
      </div>
      <ul className="divide-y">
        {(events.data?.items ?? []).map((event) => (
          <li key={event.id}>
            <Link
              prefetch={false}
              href={`/events?personId=${personId}&event=${event.id}`}
              className="flex items-center gap-3 px-3.5 py-2 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <OutcomeBadge outcome={event.outcome} />
              <span className="min-w-0 flex-1 truncate">
                {event.door.name}
                {event.outcome === 'denied' && (
                  <span className="text-ink-faint"> · {reason(event.reason)}</span>
                )}
              </span>
              <time
                dateTime={event.occurredAt}
                title={formats.full(event.occurredAt)}
                className="text-xs text-ink-faint tabular-nums"
              >
                {formats.dateTime(event.occurredAt)}
              </time>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
