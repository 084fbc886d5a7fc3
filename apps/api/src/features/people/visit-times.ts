import type { VisitRecurrence } from '@munjigi/contracts';

/** Whether a recurring visit is on at an instant, by the wall clock of its time zone; its hours begin included. */
export function visitCovers({ days, from, to, timeZone }: VisitRecurrence, at: Date): boolean {
  const { day, time } = wallClock(timeZone, at);
  return days.some((each) => each === day) && from <= time && time < to;
}

function wallClock(timeZone: string, at: Date): { day: string; time: string } {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { day: parts.weekday?.toLowerCase() ?? '', time: `${parts.hour}:${parts.minute}` };
}
