'use client';

import type { Door } from '@munjigi/contracts';
import { CameraOff, Flame, Lock, LockOpen, ShieldAlert, Siren, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';

/** How a door stands, in badges: its connection, its lock, and all that is wrong. */
export function DoorBadges({ door }: { readonly door: Door }) {
  const t = useTranslations('door');
  const live = useTranslations('live');
  const { condition } = door;
  const standing = condition?.standing;
  const isOpen = standing ? standing === 'unlocked' || standing === 'locked-open' : door.lock === 'unlocked';
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={door.online ? 'plain' : 'caution'}>
        <span aria-hidden className={`size-1.5 rounded-full ${door.online ? 'bg-granted' : 'bg-caution'}`} />
        {live(door.online ? 'state.online' : 'state.offline')}
      </Badge>
      <Badge tone={isOpen ? 'granted' : 'plain'}>
        {isOpen ? <LockOpen aria-hidden /> : <Lock aria-hidden />}
        {standing ? t(`standing.${standing}`) : live(`state.${door.lock}`)}
      </Badge>
      {condition && condition.position !== 'unknown' && <Badge>{t(`position.${condition.position}`)}</Badge>}
      {condition && condition.alarm !== 'normal' && (
        <Badge tone="denied">
          <Siren aria-hidden />
          {t(`alarm.${condition.alarm}`)}
        </Badge>
      )}
      {condition?.tamper && (
        <Badge tone="denied">
          <ShieldAlert aria-hidden />
          {t('tamper')}
        </Badge>
      )}
      {condition?.fireRelease && (
        <Badge tone="denied">
          <Flame aria-hidden />
          {t('fireRelease')}
        </Badge>
      )}
      {condition?.hardwareFault && (
        <Badge tone="caution">
          <TriangleAlert aria-hidden />
          {t('hardwareFault')}
        </Badge>
      )}
      {door.cameraFault && (
        <Badge tone="caution">
          <CameraOff aria-hidden />
          {t('cameraFault')}
        </Badge>
      )}
    </span>
  );
}
