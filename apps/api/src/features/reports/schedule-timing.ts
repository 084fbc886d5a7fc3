import type { ReportTiming } from '@munjigi/contracts';
import { nextOccurrence } from '../../platform/jobs/occurrences';

/** When a schedule is due next after `from`. */
export function nextDue(timing: ReportTiming, timeZone: string, from: Date): Date {
  return nextOccurrence({ cron: cronOf(timing), timeZone }, from);
}

function cronOf(timing: ReportTiming): string {
  const [hour, minute] = timing.at.split(':').map(Number) as [number, number];
  const time = `${minute} ${hour}`;
  switch (timing.every) {
    case 'day':
      return `${time} * * *`;
    case 'week':
      return `${time} * * ${timing.on % 7}`;
    case 'month':
      return `${time} ${timing.on === 'last' ? 'L' : timing.on} * *`;
  }
}
