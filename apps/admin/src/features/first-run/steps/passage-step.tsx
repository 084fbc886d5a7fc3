'use client';

import type { AccessEvent, Door, FirstRun } from '@munjigi/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { useLive } from '@/lib/live/live-provider';
import { useMay } from '../../auth/use-may';
import type { FirstPair } from '../use-first-pair';
import { Celebration } from './celebration';

const DoorWatch = dynamic(() => import('./door-watch').then((module) => module.DoorWatch));

/** Waits, live, for the first person to come through the door. */
export function PassageStep({ run, pair }: { readonly run: FirstRun; readonly pair: FirstPair }) {
  const t = useTranslations('firstRun');
  const may = useMay();
  const cache = useQueryClient();
  const last = useLastEvent();
  const passed = useQuery({
    queryKey: [...queryKeys.events, 'first-granted'],
    queryFn: async ({ signal }) =>
      (await api.events({ outcome: 'granted', limit: 1 }, { signal })).items[0] ?? null,
    enabled: run.firstGrantedAt !== null && may('events:read'),
    staleTime: Infinity,
  });
  const granted = last?.outcome === 'granted' ? last : (passed.data ?? null);
  useEffect(() => {
    if (last?.outcome === 'granted') void cache.invalidateQueries({ queryKey: ['first-run'] });
  }, [last, cache]);
  if (granted || run.firstGrantedAt !== null) return <Celebration event={granted} />;
  if (!pair.door || !pair.person) return <p className="text-ink-muted">{t('passage.needs')}</p>;
  return <Waiting door={pair.door} name={pair.person.name} last={last} />;
}

interface WaitingProps {
  readonly door: Door;
  readonly name: string;
  readonly last: AccessEvent | null;
}

function Waiting({ door, name, last }: WaitingProps) {
  const t = useTranslations('firstRun');
  const reason = useTranslations('reason');
  const may = useMay();
  const refusal = last?.outcome === 'denied' ? last : null;
  return (
    <>
      <p className="text-ink-muted">{t('passage.hint', { door: door.name })}</p>
      <div className="max-w-md overflow-clip rounded-xl border bg-surface shadow-low">
        {may('live:watch', door.site.id) && door.online && <DoorWatch door={door} />}
        <div role="status" className="grid gap-1 px-3.5 py-3">
          <p className="flex items-center gap-2 font-medium">
            <span aria-hidden className="size-2 animate-sweep rounded-full bg-accent" />
            {t('passage.waiting', { name, door: door.name })}
          </p>
          {!door.online && <p className="text-caution">{t('passage.offline', { door: door.name })}</p>}
          {refusal && (
            <p>
              <span className="font-medium text-denied">
                {t('passage.denied', { door: refusal.door.name, reason: reason(refusal.reason) })}
              </span>{' '}
              <span className="text-ink-muted">{t('passage.deniedHint')}</span>
            </p>
          )}
        </div>
      </div>
    </>
  );
}

/** The newest event that came while this was looked at; a grant stays. */
function useLastEvent(): AccessEvent | null {
  const live = useLive();
  const [last, setLast] = useState<AccessEvent | null>(null);
  useEffect(
    () => live.events.add((event) => setLast((known) => (known?.outcome === 'granted' ? known : event))),
    [live],
  );
  return last;
}
