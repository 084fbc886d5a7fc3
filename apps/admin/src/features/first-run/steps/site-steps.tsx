'use client';

import type { Site } from '@munjigi/contracts';
import { Pencil } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useNow } from '@/lib/hooks/use-now';
import { useSites } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { useSession } from '../../auth/use-session';

const SiteDialog = dynamic(() =>
  import('../../settings/sites/site-dialog').then((module) => module.SiteDialog),
);

/** Who is signed in: the first administrator, as a rule. */
export function AdministratorStep() {
  const t = useTranslations('firstRun');
  const session = useSession();
  return (
    <p className="text-ink-muted">
      {t('administrator.is', { email: session.data?.administrator.email ?? '' })} {t('administrator.hint')}{' '}
      <Link href="/settings/account" className="text-accent underline underline-offset-2">
        {t('administrator.link')}
      </Link>
    </p>
  );
}

/** The sites that there are, each with what time it is there: a wrong zone shows at once. */
export function SiteStep() {
  const t = useTranslations('firstRun');
  const format = useFormatter();
  const may = useMay();
  const nowMs = useNow();
  const sites = useSites();
  const [changed, setChanged] = useState<Site | null>(null);
  const [first, ...others] = sites.data ?? [];
  if (!first) return sites.isPending ? <Skeleton className="h-11 rounded-xl" /> : null;
  const time = format.dateTime(nowMs, {
    ...{ timeZone: first.timeZone, hour: '2-digit', minute: '2-digit', weekday: 'short' },
  });
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-xl border bg-surface px-3.5 py-2.5">
        <p className="min-w-0 flex-1">
          <span className="font-medium">{first.name}</span>{' '}
          <span className="text-ink-muted">{first.timeZone}</span>
          {others.length > 0 && (
            <Link href="/settings/sites" className="ml-2 text-accent underline underline-offset-2">
              {t('site.more', { count: others.length })}
            </Link>
          )}
        </p>
        {may('sites:write', first.id) && (
          <Button size="sm" onClick={() => setChanged(first)}>
            <Pencil aria-hidden />
            {t('site.change')}
          </Button>
        )}
      </div>
      <p className="text-xs text-ink-faint">{t('site.hint', { time })}</p>
      {changed && <SiteDialog site={changed} onClose={() => setChanged(null)} />}
    </>
  );
}
