'use client';

import type { Door } from '@munjigi/contracts';
import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useMemo } from 'react';
import { Badge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { useMay } from '../auth/use-may';
import { DeviceMenu } from './device-menu';
import { gibOf, worriesOf } from './health-text';

/** A device a row: its door, its link, its software, and how it does. */
export function useDeviceColumns(
  behind: ReadonlyMap<string, number>,
  onPair: (door: Door) => void,
): Column<Door>[] {
  const t = useTranslations('devices');
  const may = useMay();
  return useMemo(
    () => [
      {
        id: 'door',
        header: t('column.door'),
        cell: (door) => (
          <>
            <Link
              prefetch={false}
              href={`/doors/${door.id}`}
              className="block truncate font-medium underline-offset-2 hover:underline"
            >
              {door.name}
            </Link>
            <span className="block truncate text-xs text-ink-faint">{door.site.name}</span>
          </>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        className: 'w-[38%] md:w-56',
        cell: (door) => <DeviceLink door={door} changes={behind.get(door.id) ?? 0} />,
      },
      {
        id: 'version',
        header: t('column.version'),
        className: 'hidden w-28 lg:table-cell truncate text-ink-muted tabular-nums',
        cell: (row) => row.device?.agentVersion,
      },
      {
        id: 'health',
        header: t('column.health'),
        className: 'hidden w-[34%] md:table-cell',
        cell: (row) => <Health door={row} />,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-14 text-right',
        cell: (door) =>
          may('doors:write', door.site.id) && <DeviceMenu door={door} onPair={() => onPair(door)} />,
      },
    ],
    [t, may, behind, onPair],
  );
}

/** Whether the device is paired and connected, and what it lacks. */
function DeviceLink({ door, changes }: { readonly door: Door; readonly changes: number }) {
  const t = useTranslations('devices');
  const words = useTranslations('door');
  const live = useTranslations('live');
  const formats = useFormats();
  const nowMs = useNow();
  const state = door.device?.state ?? 'unpaired';
  return (
    <span className="flex flex-wrap items-center gap-1">
      <Badge tone={door.online ? 'plain' : 'caution'}>
        <span aria-hidden className={`size-1.5 rounded-full ${door.online ? 'bg-granted' : 'bg-caution'}`} />
        {live(door.online ? 'state.online' : 'state.offline')}
      </Badge>
      <Badge tone={state === 'revoked' ? 'denied' : 'plain'}>{words(`deviceState.${state}`)}</Badge>
      {/* Where there is no room for the figures. */}
      {(door.device?.health ? worriesOf(door.device.health) : []).map((worry) => (
        <Badge key={worry} tone="caution" className="md:hidden">
          {t(`worry.${worry}`)}
        </Badge>
      ))}
      {changes > 0 && <Badge tone="caution">{t('behind', { count: changes })}</Badge>}
      {!door.online && door.lastSeenAt !== null && (
        <span className="text-xs text-ink-faint">{formats.ago(door.lastSeenAt, nowMs)}</span>
      )}
    </span>
  );
}

/** The figures that a device told of itself; what somebody should look at stands out. */
export function Health({ door }: { readonly door: Door }) {
  const t = useTranslations('devices');
  const format = useFormatter();
  const health = door.device?.health ?? null;
  if (health === null) return <span className="text-xs text-ink-faint">{t('noHealth')}</span>;
  const worries = worriesOf(health);
  const { temperatureC, framesPerSecond, framesDropped, lookMs, disk, eventsWaiting, decoder } = health;
  const whole = (value: number) => format.number(value, { maximumFractionDigits: 0 });
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-muted tabular-nums">
      {temperatureC !== null && (
        <span className={worries.includes('warm') ? 'font-semibold text-caution' : undefined}>
          {t('temperature', { degrees: whole(temperatureC) })}
        </span>
      )}
      <span>{t('frames', { count: format.number(framesPerSecond, { maximumFractionDigits: 1 }) })}</span>
      {lookMs !== null && <span>{t('look', { ms: whole(lookMs) })}</span>}
      <span>{t('dropped', { count: framesDropped })}</span>
      {decoder !== null && (
        <span title={decoder.notUsed.map(({ name, why }) => `${name}: ${why}`).join('\n') || undefined}>
          {t('decoder', { isHardware: String(decoder.isHardware), name: decoder.name })}
        </span>
      )}
      {disk !== null && (
        <span className={worries.includes('disk') ? 'font-semibold text-caution' : undefined}>
          {t('disk', {
            free: format.number(gibOf(disk.freeBytes)),
            total: format.number(gibOf(disk.totalBytes)),
          })}
        </span>
      )}
      {eventsWaiting > 0 && <span>{t('eventsWaiting', { count: eventsWaiting })}</span>}
    </span>
  );
}
