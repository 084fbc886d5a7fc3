import type { HolidayCalendar, Schedule } from '@munjigi/contracts';
import { TimeZone } from '../time/time-zone';
import { ZonedSchedule } from './zoned-schedule';

/** A schedule with what it needs to be read. Whoever asks often keeps a `ZonedSchedule` instead. */
export interface ScheduleOnClock {
  readonly schedule: Schedule;
  /** Those that the schedule names; more do no harm. */
  readonly calendars: readonly HolidayCalendar[];
  /** IANA name. */
  readonly timeZone: string;
}

/**
 * Whether a schedule covers an instant; false whenever that cannot be known.
 *
 * @param atMs ms since 1970 UTC
 */
export function scheduleCovers(question: ScheduleOnClock, atMs: number): boolean {
  return zoned(question)?.covers(atMs) ?? false;
}

/**
 * When a schedule next opens or closes, ms since 1970 UTC.
 *
 * @returns null when it does not within 20 years, or when that cannot be known.
 */
export function nextChange(question: ScheduleOnClock, atMs: number): number | null {
  return zoned(question)?.nextChangeMs(atMs) ?? null;
}

function zoned({ schedule, calendars, timeZone }: ScheduleOnClock): ZonedSchedule | null {
  const zone = TimeZone.open(timeZone);
  return zone && new ZonedSchedule(schedule, new Map(calendars.map((each) => [each.id, each])), zone);
}
