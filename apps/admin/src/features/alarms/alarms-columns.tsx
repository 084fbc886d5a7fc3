'use client';

import type { Alarm } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { AlarmIcon, AlarmStateBadge, SeverityBadge, useAlarmDetail, useAlarmPlace } from './alarm-words';

interface AlarmActs {
  readonly onOpen: (alarm: Alarm) => void;
  /** Undefined for those who may only look. */
  readonly onAcknowledge: ((alarm: Alarm) => void) | undefined;
}

/** The columns of the list of alarms. */
export function useAlarmColumns({ onOpen, onAcknowledge }: AlarmActs): Column<Alarm>[] {
  const t = useTranslations('alarms');
  return useMemo(
    () => [
      {
        id: 'alarm',
        header: t('column.alarm'),
        cell: (row) => <AlarmName alarm={row} onOpen={onOpen} />,
      },
      {
        id: 'severity',
        header: t('column.severity'),
        className: 'hidden w-28 lg:table-cell',
        cell: (row) => <SeverityBadge severity={row.severity} />,
      },
      {
        id: 'place',
        header: t('column.place'),
        className: 'hidden w-1/5 md:table-cell truncate text-ink-muted',
        cell: (row) => <Place alarm={row} />,
      },
      {
        id: 'raised',
        header: t('column.raised'),
        className: 'hidden w-44 sm:table-cell text-ink-muted tabular-nums',
        cell: (row) => <RaisedAt alarm={row} />,
      },
      {
        id: 'state',
        header: t('column.state'),
        className: 'w-32 max-sm:hidden',
        cell: (row) => <AlarmStateBadge state={row.state} />,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-32 pr-4 md:pr-6 text-right',
        cell: (alarm) =>
          onAcknowledge && alarm.state === 'raised' ? (
            <Button size="sm" onClick={() => onAcknowledge(alarm)}>
              {t('acknowledge')}
            </Button>
          ) : (
            <span className="sm:hidden">
              <AlarmStateBadge state={alarm.state} />
            </span>
          ),
      },
    ],
    [t, onOpen, onAcknowledge],
  );
}

function AlarmName({ alarm, onOpen }: { readonly alarm: Alarm; readonly onOpen: (alarm: Alarm) => void }) {
  const t = useTranslations('alarms');
  const kind = useTranslations('alarmKind');
  const place = useAlarmPlace();
  const detail = useAlarmDetail()(alarm);
  const formats = useFormats();
  return (
    <button
      type="button"
      onClick={() => onOpen(alarm)}
      className="flex w-full items-center gap-3 rounded-md text-left"
    >
      <AlarmIcon alarm={alarm} />
      <span className="min-w-0">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{kind(alarm.kind)}</span>
          {alarm.count > 1 && (
            <span className="shrink-0 text-xs text-ink-faint tabular-nums">
              {t('times', { count: alarm.count })}
            </span>
          )}
        </span>
        {detail && <span className="hidden truncate text-xs text-ink-faint sm:block">{detail}</span>}
        <span className="block truncate text-xs text-ink-faint tabular-nums sm:hidden">
          {place(alarm)} · {formats.dateTime(alarm.raisedAt)}
        </span>
      </span>
    </button>
  );
}

function Place({ alarm }: { readonly alarm: Alarm }) {
  return useAlarmPlace()(alarm);
}

function RaisedAt({ alarm }: { readonly alarm: Alarm }) {
  const formats = useFormats();
  return (
    <time dateTime={alarm.raisedAt} title={formats.full(alarm.raisedAt)}>
      {formats.dateTime(alarm.raisedAt)}
    </time>
  );
}
