'use client';

import type { Door } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { Health } from '../../devices/devices-columns';
import { useFormats } from '@/lib/hooks/use-formats';

/** What the door's agent last reported of itself. */
export function DoorStateCard({ door }: { readonly door: Door }) {
  const t = useTranslations('door');
  const formats = useFormats();
  const { condition, device } = door;
  return (
    <Card title={t('state')}>
      <dl className="grid grid-cols-[8rem_1fr] gap-x-3 gap-y-2 px-3.5 py-3">
        <Row label={t('site')}>{door.site.name}</Row>
        <Row label={t('lastSeen')}>
          {door.lastSeenAt === null ? t('never') : formats.dateTime(door.lastSeenAt)}
        </Row>
        {door.device?.health && (
          <Row label={t('health')}>
            <Health door={door} />
          </Row>
        )}
        {door.cameraFault && <Row label={t('cameraFault')}>{door.cameraFault}</Row>}
        {condition?.hardwareFault && <Row label={t('hardwareFault')}>{condition.hardwareFault}</Row>}
        {device && (
          <>
            <Row label={t('device')}>{t(`deviceState.${device.state}`)}</Row>
            {device.agentVersion && <Row label={t('version')}>{device.agentVersion}</Row>}
            {device.refusedProtocol && (
              <Row label={t('refusedProtocol')}>{t('refusedVersions', device.refusedProtocol)}</Row>
            )}
            {device.appliedRevision !== null && (
              <Row label={t('revision')}>{t('revisionNumber', { count: device.appliedRevision })}</Row>
            )}
            {device.comparedAt !== null && (
              <Row label={t('compared')}>
                {t(device.agrees ? 'agrees' : 'differs', { at: formats.dateTime(device.comparedAt) })}
              </Row>
            )}
            {device.clockOffsetMs !== null && (
              <Row label={t('clockOffset')}>{t('ms', { count: Math.round(device.clockOffsetMs) })}</Row>
            )}
          </>
        )}
        <Row label={t('added')}>{formats.dateTime(door.createdAt)}</Row>
      </dl>
    </Card>
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
