'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { PageHeader } from '../../shell/page-header';
import { personApi, personKeys } from './person-api';

const POLL_MS = 3000;

/** Which doors have confirmed an erasure when; kept current until the last has. */
export function ErasureProof({ id }: { readonly id: string }) {
  const t = useTranslations('erasure');
  const formats = useFormats();
  const erasure = useQuery({
    queryKey: personKeys.erasure(id),
    queryFn: ({ signal }) => personApi.erasure(id, signal),
    refetchInterval: ({ state }) => (state.data?.completedAt === null ? POLL_MS : false),
  });
  const { data } = erasure;
  return (
    <>
      <PageHeader title={t('proof')}>
        <Button asChild>
          <Link href="/people">{t('toPeople')}</Link>
        </Button>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto p-4 md:p-6">
        {erasure.isError && !data && (
          <ErrorNotice error={erasure.error} onRetry={() => void erasure.refetch()} />
        )}
        {erasure.isPending && <Skeleton className="h-40 max-w-2xl rounded-xl" />}
        {data && (
          <div className="grid max-w-2xl gap-4">
            <p role="status" className="text-ink-muted">
              {t('erasedAt', { time: formats.dateTime(data.erasedAt) })}{' '}
              {data.completedAt === null
                ? t('waiting', { count: data.doorsConfirmed, max: data.doorsTotal })
                : t('complete', { time: formats.dateTime(data.completedAt) })}
            </p>
            <Card title={t('doors')}>
              <ul className="divide-y">
                {data.doors.map(({ door, online, confirmedAt }) => (
                  <li key={door.id} className="flex items-center gap-3 px-3.5 py-2">
                    {confirmedAt ? (
                      <CircleCheck aria-hidden className="size-4 text-granted" />
                    ) : (
                      <Clock aria-hidden className="size-4 text-ink-faint" />
                    )}
                    <span className="min-w-0 flex-1 truncate">{door.name}</span>
                    {!online && <Badge tone="caution">{t('offline')}</Badge>}
                    <span className="text-xs text-ink-muted tabular-nums">
                      {confirmedAt
                        ? t('confirmed', { time: formats.dateTime(confirmedAt) })
                        : t('notConfirmed')}
                    </span>
                  </li>
                ))}
                {data.doors.length === 0 && <li className="px-3.5 py-2 text-ink-muted">{t('noDoors')}</li>}
              </ul>
            </Card>
          </div>
        )}
      </div>
    </>
  );
}
