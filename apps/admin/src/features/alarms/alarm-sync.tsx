'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLive } from '@/lib/live/live-provider';
import { alarmSoundOf } from '@/lib/preferences';
import { playAlarmSound } from './alarm-sound';
import { alarmKeys } from './alarms-api';

/** Carries what the live connection says of alarms into what the pages show, and sounds for a new one if asked to. */
export function AlarmSync(): null {
  const live = useLive();
  const cache = useQueryClient();
  useEffect(() => {
    const refresh = () => void cache.invalidateQueries({ queryKey: alarmKeys.all });
    const offs = [
      live.alarms.add((alarm) => {
        cache.setQueryData(alarmKeys.one(alarm.id), (shown) => shown && alarm);
        refresh();
        const isNew = alarm.state === 'raised' && alarm.count === 1;
        if (isNew && alarmSoundOf(document.cookie) === 'on') void playAlarmSound().catch(() => undefined);
      }),
      live.returned.add(refresh),
    ];
    return () => offs.forEach((off) => off());
  }, [live, cache]);
  return null;
}
