'use client';

import type { Door } from '@munjigi/contracts';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { DoorBadges } from '../doors/page/door-badges';
import { needsAttention } from '../doors/page/door-groups';

const SHOWN_MAX = 6;

interface AttentionCardProps {
  readonly doors: readonly Door[] | undefined;
  /** Changes that doors lack, by the door's id. */
  readonly behind: ReadonlyMap<string, number>;
}

/** The doors that somebody should look at. */
export function AttentionCard({ doors, behind }: AttentionCardProps) {
  const t = useTranslations('overview');
  const wanting = (doors ?? []).filter((door) => needsAttention(door) || behind.has(door.id));
  const rest = wanting.length - SHOWN_MAX;
  return (
    <Card title={t('attention')}>
      {doors === undefined && <Skeleton className="m-3.5 h-16" />}
      {doors !== undefined && wanting.length === 0 && (
        <p className="flex items-center gap-2 px-3.5 py-4 text-sm text-ink-muted">
          <CircleCheck aria-hidden className="size-4 text-granted" />
          {t('allWell')}
        </p>
      )}
      <ul className="divide-y">
        {wanting.slice(0, SHOWN_MAX).map((door) => (
          <li key={door.id} className="grid gap-1 px-3.5 py-2.5">
            <span className="flex min-w-0 items-baseline gap-2">
              <Link
                href={`/doors/${door.id}`}
                className="truncate text-sm font-medium underline-offset-2 hover:underline"
              >
                {door.name}
              </Link>
              <span className="truncate text-xs text-ink-faint">{door.site.name}</span>
            </span>
            <span className="flex flex-wrap gap-1">
              <DoorBadges door={door} />
              {behind.has(door.id) && (
                <Badge tone="caution">{t('changesBehind', { count: behind.get(door.id) ?? 0 })}</Badge>
              )}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Link
          href="/doors?view=attention"
          className="block border-t px-3.5 py-2.5 text-sm text-accent hover:underline"
        >
          {t('andMore', { count: rest })}
        </Link>
      )}
    </Card>
  );
}
