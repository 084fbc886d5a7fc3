import * as z from 'zod';
import { holidayCalendarIdSchema, scheduleIdSchema } from './ids';
import { calendarDateSchema, placeNameSchema } from './scalars';

/** A time of the wall clock, `00:00` to `24:00`; `24:00` is the end of a day. Texts sort as the times do. */
export const timeOfDaySchema = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time from 00:00 to 24:00');

/** A part of one day: `from` belongs to it, `to` does not. What crosses midnight is written on two days. */
export const timeIntervalSchema = z
  .object({ from: timeOfDaySchema, to: timeOfDaySchema })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after the start' });

/** The open parts of one day, in any order; where they overlap the day is open once. Empty: closed all day. */
export const dayIntervalsSchema = z.array(timeIntervalSchema).max(8);

/** What is open on each day of the week. */
export const weekSchema = z.object({
  monday: dayIntervalsSchema,
  tuesday: dayIntervalsSchema,
  wednesday: dayIntervalsSchema,
  thursday: dayIntervalsSchema,
  friday: dayIntervalsSchema,
  saturday: dayIntervalsSchema,
  sunday: dayIntervalsSchema,
});

/** One date on which a schedule is open at these times and no others. */
export const scheduleExceptionSchema = z.object({ date: calendarDateSchema, intervals: dayIntervalsSchema });

/**
 * When something holds, by the wall clock of the door's site.
 *
 * For a date an exception decides, else a holiday, else the day of the week. Where the clock is set forward, times that
 * do not happen are passed over; where it is set back, times that happen twice count twice.
 */
export const scheduleSchema = z.object({
  id: scheduleIdSchema,
  name: placeNameSchema,
  weekly: weekSchema,
  /** What is open on a holiday of `holidayCalendarIds`; null: the same as on any such day of the week. */
  holiday: dayIntervalsSchema.nullable(),
  holidayCalendarIds: z.array(holidayCalendarIdSchema).max(16),
  exceptions: z
    .array(scheduleExceptionSchema)
    .max(366)
    .refine((all) => new Set(all.map(({ date }) => date)).size === all.length, 'must name each date once'),
});

const DAY_MS = 86_400_000;
const HOLIDAY_DAYS_MAX = 366;

/**
 * A holiday: the day `date`, or all days from `date` to `lastDate`, both included, at most 366.
 *
 * `yearly`: the same days of every year, before and after too. A yearly 29 February is a holiday in leap years only.
 */
export const holidaySchema = z
  .object({
    name: placeNameSchema,
    date: calendarDateSchema,
    lastDate: calendarDateSchema.nullable().default(null),
    yearly: z.boolean().default(false),
  })
  .refine(({ date, lastDate }) => lastDate === null || lastDate >= date, {
    path: ['lastDate'],
    message: 'must not be before the first day',
  })
  .refine(
    ({ date, lastDate }) =>
      lastDate === null || Date.parse(lastDate) - Date.parse(date) < HOLIDAY_DAYS_MAX * DAY_MS,
    { path: ['lastDate'], message: `must be at most ${HOLIDAY_DAYS_MAX} days long` },
  );

/** Holidays that several schedules may share. */
export const holidayCalendarSchema = z.object({
  id: holidayCalendarIdSchema,
  name: placeNameSchema,
  days: z.array(holidaySchema).max(500),
});

export type TimeInterval = z.infer<typeof timeIntervalSchema>;
export type Week = z.infer<typeof weekSchema>;
export type Schedule = z.infer<typeof scheduleSchema>;
export type Holiday = z.infer<typeof holidaySchema>;
export type HolidayCalendar = z.infer<typeof holidayCalendarSchema>;
