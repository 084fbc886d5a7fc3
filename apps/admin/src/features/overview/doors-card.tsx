'use client';

import type { Door } from '@munjigi/contracts';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Skeleton } from '@/components/ui/skeleton';
import { cn } from '@/lib/cn';
import { DOOR_GROUPS, type DoorGroup, groupOf } from '../doors/page/door-groups';

const COLOURS: Readonly<Record<DoorGroup, string>> = {
  offline: 'bg-caution',
  forced: 'bg-denied',
  held: 'bg-denied',
  fault: 'bg-caution',
  lockdown: 'bg-ink',
  unlocked: 'bg-granted',
  locked: 'bg-ink-faint',
};

/** How many doors stand in which way; each leads to those doors. */
export function DoorsCard({ doors }: { readonly doors: readonly Door[] | undefined }) {
  const t = useTranslations('overview');
  const words = useTranslations('doors');
  const counts = DOOR_GROUPS.map((group) => ({
    group,
    count: (doors ?? []).filter((door) => groupOf(door) === group).length,
  })).filter(({ count }) => count > 0);
  return (
    <Card
      title={t('doors')}
      action={
        <Button asChild variant="ghost" size="sm">
          <Link href="/doors">
            {t('allDoors')}
            <ArrowRight aria-hidden />
          </Link>
        </Button>
      }
    >
      {doors === undefined && <Skeleton className="m-3.5 h-24" />}
      {doors?.length === 0 && <p className="px-3.5 py-6 text-sm text-ink-muted">{t('noDoors')}</p>}
      {counts.length > 0 && (
        <>
          <div aria-hidden className="mx-3.5 mt-3.5 flex h-2 gap-0.5 overflow-hidden rounded-full">
            {counts.map(({ group, count }) => (
              <span key={group} className={COLOURS[group]} style={{ flexGrow: count }} />
            ))}
          </div>
          <ul className="p-1.5">
            {counts.map(({ group, count }) => (
              <li key={group}>
                <Link
                  href={`/doors?view=${group}`}
                  className="flex h-9 items-center gap-2.5 rounded-md px-2 text-sm hover:bg-hover"
                >
                  <span aria-hidden className={cn('size-2.5 rounded-full', COLOURS[group])} />
                  <span className="min-w-0 flex-1 truncate">{words(`view.${group}`)}</span>
                  <span className="font-semibold tabular-nums">{count}</span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
