'use client';

import type { Alarm } from '@munjigi/contracts';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { useToaster } from '@/components/ui/toast';
import { cn } from '@/lib/cn';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { useMay } from '../auth/use-may';
import { AlarmIcon, useAlarmPlace } from './alarm-words';
import { mostPressing } from './most-pressing';
import { useHandleAlarm, useWaitingAlarms } from './use-alarms';

/** Says on every page that an alarm waits, until somebody sees to it or it is put aside here. */
export function AlarmBanner() {
  const waiting = useWaitingAlarms();
  const pathname = usePathname();
  const [aside, setAside] = useState<ReadonlySet<string>>(new Set());
  const shown = waiting.filter(({ id }) => !aside.has(id));
  const alarm = pathname.startsWith('/alarms') ? undefined : mostPressing(shown);
  return (
    <div role="alert">
      {alarm && (
        <AlarmStrip
          key={alarm.id}
          alarm={alarm}
          others={shown.length - 1}
          onAside={() => setAside(new Set([...aside, ...waiting.map(({ id }) => id)]))}
        />
      )}
    </div>
  );
}

interface AlarmStripProps {
  readonly alarm: Alarm;
  /** How many more wait. */
  readonly others: number;
  readonly onAside: () => void;
}

function AlarmStrip({ alarm, others, onAside }: AlarmStripProps) {
  const t = useTranslations('alarms');
  const kind = useTranslations('alarmKind');
  const may = useMay();
  const toaster = useToaster();
  const place = useAlarmPlace();
  const formats = useFormats();
  const nowMs = useNow();
  const handle = useHandleAlarm();
  const pressing = alarm.severity === 'critical' || alarm.severity === 'high';
  return (
    <div
      className={cn(
        'flex animate-in items-center gap-2.5 border-b px-4 py-1.5 duration-200 fade-in md:px-6',
        pressing ? 'bg-denied-soft text-denied' : 'bg-caution-soft text-caution',
      )}
    >
      <AlarmIcon alarm={alarm} className="size-6 rounded-md" />
      <p className="min-w-0 flex-1 truncate text-sm">
        <Link href={`/alarms?alarm=${alarm.id}`} className="font-semibold underline-offset-2 hover:underline">
          {kind(alarm.kind)} · {place(alarm)}
        </Link>{' '}
        <span aria-hidden className="text-xs tabular-nums max-sm:hidden">
          {formats.ago(alarm.lastAt, nowMs)}
        </span>
      </p>
      {others > 0 && (
        <Link href="/alarms" className="shrink-0 text-xs underline underline-offset-2">
          {t('more', { count: others })}
        </Link>
      )}
      {may('alarms:write', alarm.site?.id ?? null) && (
        <Button
          size="sm"
          pending={handle.isPending}
          onClick={() =>
            handle.mutate(
              { id: alarm.id, step: 'acknowledge' },
              { onSuccess: () => toaster.done(t('done.acknowledge')), onError: toaster.failed },
            )
          }
        >
          {t('acknowledge')}
        </Button>
      )}
      <button type="button" aria-label={t('aside')} onClick={onAside} className="rounded-sm p-1">
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
