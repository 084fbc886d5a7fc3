'use client';

import type { Door } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { useMay } from '../../../auth/use-may';
import { type OutboxEpoch, accountApi, accountKeys } from './account-api';
import { EndedEpochs } from './ended-epochs';
import { Verification } from './verification';

const TONES = { none: 'plain', intact: 'granted', gap: 'caution', broken: 'denied' } as const;

/** Whether what the server has of a door's events is all of them, in their order and unchanged. */
export function AccountCard({ door }: { readonly door: Door }) {
  const t = useTranslations('doorAccount');
  const may = useMay();
  const outbox = useQuery({
    queryKey: accountKeys.outbox(door.id),
    queryFn: ({ signal }) => accountApi.outbox(door.id, signal),
    refetchInterval: 30_000,
  });
  const [current, ...ended] = outbox.data?.epochs ?? [];
  return (
    <Card title={t('title')}>
      <div className="grid gap-3 px-3.5 py-3">
        {outbox.isPending && <Skeleton className="h-16" />}
        <Refusal error={outbox.error} />
        {outbox.data && !current && <p className="text-ink-muted">{t('nothingSent')}</p>}
        {current && <EpochState epoch={current} />}
        {current && may('audit:read', door.site.id) && <Verification door={door} epoch={current.epoch} />}
        {ended.length > 0 && <EndedEpochs epochs={ended} />}
      </div>
    </Card>
  );
}

function EpochState({ epoch }: { readonly epoch: OutboxEpoch }) {
  const t = useTranslations('doorAccount');
  const formats = useFormats();
  const { chain } = epoch;
  return (
    <>
      <div className="grid gap-1">
        <Badge tone={TONES[chain.state]} className="justify-self-start">
          {t(`chain.${chain.state}`)}
        </Badge>
        <p className="text-xs text-ink-muted">{t(`chainHint.${chain.state}`)}</p>
      </div>
      <dl className="grid grid-cols-[8rem_1fr] gap-x-3 gap-y-2">
        <Row label={t('taken')}>
          {t('takenOf', {
            taken: epoch.acknowledgedSequence,
            given: Math.max(epoch.announcedSequence, epoch.acknowledgedSequence),
          })}
        </Row>
        {epoch.lastHeardAt && <Row label={t('lastHeard')}>{formats.dateTime(epoch.lastHeardAt)}</Row>}
        <Row label={t('missing')}>{t('events', { count: epoch.missing })}</Row>
        <Row label={t('setAside')}>{t('events', { count: epoch.deadLetters })}</Row>
        {chain.brokenAt !== null && <Row label={t('brokenAt')}>{t('number', { count: chain.brokenAt })}</Row>}
        {chain.state !== 'none' && (
          <>
            <Row label={t('signature')}>
              {chain.checkpoint
                ? t('signedThrough', {
                    sequence: chain.checkpoint.sequence,
                    at: formats.dateTime(chain.checkpoint.at),
                  })
                : t('unsignedDevice')}
            </Row>
            {chain.checkpoint && <Row label={t('unsigned')}>{t('events', { count: chain.unsigned })}</Row>}
          </>
        )}
      </dl>
      {epoch.gaps.length > 0 && <Gaps gaps={epoch.gaps} />}
    </>
  );
}

function Gaps({ gaps }: { readonly gaps: OutboxEpoch['gaps'] }) {
  const t = useTranslations('doorAccount');
  const formats = useFormats();
  return (
    <details className="text-xs">
      <summary className="cursor-pointer font-medium text-ink-muted hover:text-ink">
        {t('gaps', { count: gaps.length })}
      </summary>
      <ul className="mt-2 grid gap-1 tabular-nums">
        {gaps.map(({ firstSequence, lastSequence, noticedAt }) => (
          <li key={firstSequence}>
            {t('gap', { first: firstSequence, last: lastSequence, at: formats.dateTime(noticedAt) })}
          </li>
        ))}
      </ul>
    </details>
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
