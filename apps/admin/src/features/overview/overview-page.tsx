'use client';

import type { Overview } from '@munjigi/contracts';
import { BellRing, DoorOpen, HardDrive, ShieldX, UsersRound } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { ErrorNotice } from '@/components/ui/error-notice';
import { useFormats } from '@/lib/hooks/use-formats';
import { useMay } from '../auth/use-may';
import { FirstRunCard } from '../first-run/first-run-card';
import { useDoors } from '../live/use-live-data';
import { PageHeader } from '../shell/page-header';
import { AttentionCard } from './attention-card';
import { DayChart } from './day-chart';
import { DoorsCard } from './doors-card';
import { FigureLink } from './figure-link';
import { useOverview } from './use-overview';

/** How things stand, and today against the usual; everything leads to its list. */
export function OverviewPage() {
  const t = useTranslations('overview');
  const formats = useFormats();
  const overview = useOverview();
  const doors = useDoors();
  const { data } = overview;
  const behind = new Map<string, number>(data?.behind.map(({ doorId, changes }) => [doorId, changes]));
  const offline = doors.data?.filter(({ online }) => !online).length;
  return (
    <>
      <PageHeader title={t('title')} note={data && t('asOf', { time: formats.time(data.at) })} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {overview.isError && !data ? (
          <ErrorNotice error={overview.error} onRetry={() => void overview.refetch()} />
        ) : (
          <div className="grid gap-4 p-4 md:p-6 2xl:max-w-400">
            <FirstRunCard />
            <div className="grid grid-cols-2 gap-3 md:gap-4 lg:grid-cols-[repeat(auto-fit,minmax(11rem,1fr))]">
              <Figures data={data} offline={offline} />
            </div>
            <div className="grid items-start gap-4 xl:grid-cols-3">
              <div className="grid gap-4 xl:col-span-2">
                {data?.today && <DayChart day={data.today} />}
                <AttentionCard doors={doors.data} behind={behind} />
              </div>
              <DoorsCard doors={doors.data} />
            </div>
          </div>
        )}
      </div>
    </>
  );
}

interface FiguresProps {
  readonly data: Overview | undefined;
  /** Doors that are not connected; undefined while it is not known. */
  readonly offline: number | undefined;
}

/** What somebody may not see is left out; what is on its way has its place. */
function Figures({ data, offline }: FiguresProps) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const may = useMay();
  const usualNote = useUsualNote();
  const count = (value: number | undefined) => (value === undefined ? undefined : format.number(value));
  const lagging = data && offline !== undefined ? offline + data.behind.length : undefined;
  return (
    <>
      {may('alarms:read') && (
        <FigureLink
          href="/alarms"
          label={t('openAlarms')}
          Icon={BellRing}
          value={count(data?.alarms ? data.alarms.raised + data.alarms.acknowledged : undefined)}
          note={t('alarmsNote', { raised: data?.alarms?.raised ?? 0 })}
          tone={(data?.alarms?.raised ?? 0) > 0 ? 'denied' : 'plain'}
        />
      )}
      {may('events:read') && (
        <>
          <FigureLink
            href="/events?outcome=granted&period=today"
            label={t('entriesToday')}
            Icon={DoorOpen}
            value={count(data?.today?.entries.count)}
            note={usualNote(data?.today?.entries.usual)}
          />
          <FigureLink
            href="/events?outcome=denied&period=today"
            label={t('deniedToday')}
            Icon={ShieldX}
            value={count(data?.today?.denied.count)}
            note={usualNote(data?.today?.denied.usual)}
          />
        </>
      )}
      {may('access:read') && data?.inside !== null && (
        <FigureLink
          href="/access/areas"
          label={t('inside')}
          Icon={UsersRound}
          value={count(data?.inside?.people)}
          note={t('insideNote', { count: data?.inside?.areas ?? 0 })}
        />
      )}
      <FigureLink
        href="/devices?view=attention"
        label={t('lagging')}
        Icon={HardDrive}
        value={count(lagging)}
        note={t('laggingNote', { offline: offline ?? 0, behind: data?.behind.length ?? 0 })}
        tone={(lagging ?? 0) > 0 ? 'caution' : 'plain'}
      />
    </>
  );
}

function useUsualNote(): (usual: number | null | undefined) => string {
  const t = useTranslations('overview');
  const format = useFormatter();
  return (usual) =>
    usual === null || usual === undefined
      ? t('noUsual')
      : t('usualNow', { count: format.number(usual, { maximumFractionDigits: 0 }) });
}
