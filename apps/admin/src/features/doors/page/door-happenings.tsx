'use client';

import type { Door } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { doorApi } from './door-api';

const SHOWN = 10;

/** What happened to a door apart from visits, and the way to those. */
export function DoorHappenings({ door }: { readonly door: Door }) {
  const t = useTranslations('door');
  const kind = useTranslations('doorEventKind');
  const formats = useFormats();
  const events = useQuery({
    queryKey: ['door-events', door.id],
    queryFn: ({ signal }) => doorApi.events({ doorId: door.id, limit: SHOWN }, signal),
    refetchInterval: 30_000,
  });
  return (
    <Card
      title={t('happenings')}
      action={
        <Button asChild variant="ghost" size="sm">
          <Link href={`/events?doorId=${door.id}`}>
            {t('visits')}
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      }
    >
      <div className="px-3.5 py-2.5 empty:hidden">
        {events.isPending && <Skeleton className="h-5 w-2/3" />}
        <Refusal error={events.error} />
        {events.data?.items.length === 0 && <p className="text-ink-muted">{t('nothingHappened')}</p>}
      </div>
      <ul className="divide-y">
        {(events.data?.items ?? []).map((event) => (
          <li key={event.id} className="flex items-center gap-3 px-3.5 py-1.5">
            <span className="min-w-0 flex-1 truncate">{kind(event.kind)}</span>
            <time
              dateTime={event.occurredAt}
              title={formats.full(event.occurredAt)}
              className="text-xs text-ink-faint tabular-nums"
            >
              {formats.dateTime(event.occurredAt)}
            </time>
          </li>
        ))}
      </ul>
    </Card>
  );
}
