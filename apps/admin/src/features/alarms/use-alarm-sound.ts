'use client';

import { useState, useEffect } from 'react';
import { type AlarmSound, alarmSoundOf, chooseAlarmSound } from '@/lib/preferences';
import { playAlarmSound } from './alarm-sound';

/** Whether new alarms sound on this device, and a way to choose; choosing *on* lets it be heard at once. */
export function useAlarmSound(): [AlarmSound, (sound: AlarmSound) => void] {
  const [sound, setSound] = useState<AlarmSound>('off');
  useEffect(() => setSound(alarmSoundOf(document.cookie)), []);
  const choose = (next: AlarmSound) => {
    chooseAlarmSound(next);
    setSound(next);
    if (next === 'on') void playAlarmSound().catch(() => undefined);
  };
  return [sound, choose];
}
