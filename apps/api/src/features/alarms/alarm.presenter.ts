import type { alarmSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { AlarmRow } from './alarm.entity';

/** An alarm with the names of today. */
export interface AlarmRecord {
  readonly alarm: AlarmRow;
  /** Null when the site or door is no more, or there was none. */
  readonly siteName: string | null;
  readonly doorName: string | null;
}

/** An alarm as the wire has it. */
export function presentAlarm({ alarm, siteName, doorName }: AlarmRecord): z.input<typeof alarmSchema> {
  return {
    id: alarm.id,
    kind: alarm.kind,
    severity: alarm.severity,
    state: alarm.state,
    site: alarm.siteId === null ? null : { id: alarm.siteId, name: siteName ?? '' },
    door: alarm.doorId === null ? null : { id: alarm.doorId, name: doorName ?? '' },
    raisedAt: alarm.raisedAt.toISOString(),
    lastAt: alarm.lastAt.toISOString(),
    count: alarm.count,
    acknowledged: handling(alarm.acknowledgedAt, alarm.acknowledgedBy, alarm.acknowledgedNote),
    resolved: handling(alarm.resolvedAt, alarm.resolvedBy, alarm.resolvedNote),
    details: alarm.details,
  };
}

function handling(at: Date | null, by: string | null, note: string | null) {
  return at === null ? null : { by, at: at.toISOString(), note };
}
