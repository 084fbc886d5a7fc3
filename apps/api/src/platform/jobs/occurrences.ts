import { Cron } from 'croner';
import type { Recurrence } from './job-kind';

/**
 * When something that recurs is due next after `from`.
 *
 * @throws when the cron expression or the time zone is not one, or never comes.
 */
export function nextOccurrence(recurrence: Recurrence, from: Date): Date {
  if ('everyMs' in recurrence) return new Date(from.getTime() + recurrence.everyMs);
  const next = new Cron(recurrence.cron, { timezone: recurrence.timeZone, paused: true }).nextRun(from);
  if (!next) throw new Error(`${recurrence.cron} never comes.`);
  return next;
}

/** A recurrence as a text that differs when it does. */
export function describeRecurrence(recurrence: Recurrence): string {
  return 'everyMs' in recurrence
    ? `every ${recurrence.everyMs} ms`
    : `${recurrence.cron} ${recurrence.timeZone}`;
}
