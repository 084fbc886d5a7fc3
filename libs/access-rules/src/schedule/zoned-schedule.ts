import type { HolidayCalendar, HolidayCalendarId, Schedule, ScheduleSource } from '@munjigi/contracts';
import { DAY_MS, dayOfDate, isInstant, weekdayOf } from '../time/day';
import type { TimeZone } from '../time/time-zone';
import { allDay, dayPlanOf, nextEdgeMs, planCovers, type DayPlan } from './day-plan';
import { Holidays } from './holidays';

/** Whether a schedule covers a time, and what decided it. */
export interface Coverage {
  readonly covers: boolean;
  readonly source: ScheduleSource;
}

/** How far ahead a change is looked for, in days: 20 years, in which every leap day and weekday has met. */
const LOOK_AHEAD_DAYS = 20 * 366;

const NO_PLAN: DayPlan = [];

/**
 * A schedule on one wall clock, ready to be asked.
 *
 * A date's exception decides, else a holiday, else the day of the week. What cannot be known, because a calendar is
 * missing or the time is none, is not covered.
 */
export class ZonedSchedule {
  readonly #zone: TimeZone;
  readonly #week: readonly DayPlan[];
  readonly #holiday: DayPlan | null;
  readonly #holidays: Holidays;
  readonly #calendarMissing: boolean;
  readonly #exceptions: ReadonlyMap<number, DayPlan>;

  constructor(
    schedule: Schedule,
    calendars: ReadonlyMap<HolidayCalendarId, HolidayCalendar>,
    zone: TimeZone,
  ) {
    const { monday, tuesday, wednesday, thursday, friday, saturday, sunday } = schedule.weekly;
    const own = schedule.holidayCalendarIds.map((id) => calendars.get(id));
    this.#zone = zone;
    this.#week = [monday, tuesday, wednesday, thursday, friday, saturday, sunday].map(dayPlanOf);
    this.#holiday = schedule.holiday && dayPlanOf(schedule.holiday);
    this.#holidays = new Holidays(own.flatMap((calendar) => calendar?.days ?? []));
    this.#calendarMissing = own.includes(undefined);
    this.#exceptions = new Map(
      schedule.exceptions.map(({ date, intervals }) => [dayOfDate(date), dayPlanOf(intervals)]),
    );
  }

  /** Whether the schedule covers an instant, ms since 1970, and why. */
  coverageAt(atMs: number): Coverage {
    if (!isInstant(atMs)) return { covers: false, source: 'time-unavailable' };
    const localMs = this.#zone.localMsAt(atMs);
    const day = Math.floor(localMs / DAY_MS);
    const { plan, source } = this.#planOf(day);
    return { covers: planCovers(plan, localMs - day * DAY_MS), source };
  }

  /** Whether the schedule covers an instant. */
  covers(atMs: number): boolean {
    return this.coverageAt(atMs).covers;
  }

  /**
   * The first instant after `atMs` at which the schedule opens, when it is closed, or closes, when it is open.
   *
   * @returns null when that does not happen within 20 years, or the time is none.
   */
  nextChangeMs(atMs: number): number | null {
    if (!isInstant(atMs) || !isInstant(atMs + LOOK_AHEAD_DAYS * DAY_MS)) return null;
    const before = this.covers(atMs);
    const lastDay = this.#zone.dayAt(atMs) + LOOK_AHEAD_DAYS;
    let nextMs: number | null = atMs;
    do nextMs = this.#stepMs(nextMs, before, lastDay);
    while (nextMs !== null && this.covers(nextMs) === before);
    return nextMs;
  }

  /** A later instant before which nothing changes; null when there is none until `lastDay`. */
  #stepMs(atMs: number, covers: boolean, lastDay: number): number | null {
    const localMs = this.#zone.localMsAt(atMs);
    const today = Math.floor(localMs / DAY_MS);
    let day = today;
    while (day <= lastDay && allDay(this.#planOf(day).plan) === covers) day += 1;
    if (day > lastDay) return null;
    if (day > today) return this.#zone.startOfDayMs(day);
    const timeMs = localMs - today * DAY_MS;
    const edgeMs = atMs + nextEdgeMs(this.#planOf(today).plan, timeMs) - timeMs;
    // A clock that is set on the way shows other times, and the edge comes sooner, later or not at all.
    return this.#zone.offsetChangeMs(atMs, edgeMs) ?? edgeMs;
  }

  #planOf(day: number): { readonly plan: DayPlan; readonly source: ScheduleSource } {
    const exception = this.#exceptions.get(day);
    if (exception) return { plan: exception, source: 'exception' };
    if (this.#holiday) {
      if (this.#holidays.has(day)) return { plan: this.#holiday, source: 'holiday' };
      if (this.#calendarMissing) return { plan: NO_PLAN, source: 'calendar-unavailable' };
    }
    return { plan: this.#week[weekdayOf(day)]!, source: 'weekly' };
  }
}
