import type { Alarm, AlarmSeverity } from '@munjigi/contracts';

/** How bad alarms may be, worst first, as a guard looks for them. */
export const WORST_FIRST: readonly AlarmSeverity[] = ['critical', 'high', 'medium', 'low'];

/** The alarm to see to first: the worst, and of those the newest. */
export function mostPressing(alarms: readonly Alarm[]): Alarm | undefined {
  return alarms.toSorted(
    (a, b) =>
      WORST_FIRST.indexOf(a.severity) - WORST_FIRST.indexOf(b.severity) ||
      Date.parse(b.raisedAt) - Date.parse(a.raisedAt),
  )[0];
}
