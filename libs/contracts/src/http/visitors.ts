import * as z from 'zod';
import { groupIdSchema, personIdSchema, siteIdSchema } from '../primitives/ids';
import { lineSchema, personEmailSchema, phoneSchema, reasonTextSchema } from '../primitives/person';
import {
  calendarDateSchema,
  instantSchema,
  knownTimeZoneSchema,
  personNameSchema,
} from '../primitives/scalars';
import { timeOfDaySchema } from '../primitives/schedule';
import { personSchema } from './people';

/** A day of the week. */
export const weekdaySchema = z.enum([
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
]);

/** On which days of the week and at what hours a visit recurs; `from` belongs to it, `to` does not. */
export const visitRecurrenceSchema = z
  .object({
    days: z.array(weekdaySchema).min(1).max(7),
    from: timeOfDaySchema,
    to: timeOfDaySchema,
    /** Whose wall clock `from` and `to` are read on. */
    timeZone: knownTimeZoneSchema,
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after the start' });

/** Somebody who comes for a time, to a host. */
export const visitorSchema = z.object({
  /** Their validity is the visit’s. */
  person: personSchema,
  /** Null when the host is no longer there, or the asker may not see them. */
  host: z.object({ id: personIdSchema, name: personNameSchema }).nullable(),
  purpose: lineSchema(200),
  company: lineSchema(120).nullable(),
  /** Null: at any hour between the beginning and the end. */
  recurrence: visitRecurrenceSchema.nullable(),
  /** When it ended, by its time or by hand; null before. */
  endedAt: instantSchema.nullable(),
  /** When templates and picture were deleted after the end; null before. */
  forgottenAt: instantSchema.nullable(),
});

/** `GET /api/visitors`: who is expected on a day, by when they come. */
export const visitorsQuerySchema = z.object({
  /** Today unless given. */
  day: calendarDateSchema.optional(),
  /** Where that day begins and ends. */
  timeZone: knownTimeZoneSchema.default('UTC'),
  siteId: siteIdSchema.optional(),
});
export const visitorListSchema = z.object({ items: z.array(visitorSchema) });

const times = { from: instantSchema, until: instantSchema };

/** `POST /api/visitors` */
export const createVisitorRequestSchema = z
  .object({
    name: personNameSchema,
    hostId: personIdSchema,
    purpose: lineSchema(200),
    company: lineSchema(120).nullable().default(null),
    email: personEmailSchema.nullable().default(null),
    phone: phoneSchema.nullable().default(null),
    siteId: siteIdSchema.nullable().default(null),
    groupIds: z.array(groupIdSchema).max(16).default([]),
    ...times,
    recurrence: visitRecurrenceSchema.nullable().default(null),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
    path: ['until'],
    message: 'must be after the beginning',
  });

/** `POST /api/visitors/{id}/extend` */
export const extendVisitRequestSchema = z.object({
  until: instantSchema,
  reason: reasonTextSchema.optional(),
});

/** `POST /api/visitors/{id}/end` */
export const endVisitRequestSchema = z.object({ reason: reasonTextSchema.optional() });

export type VisitRecurrence = z.infer<typeof visitRecurrenceSchema>;
export type Visitor = z.infer<typeof visitorSchema>;
export type VisitorsQuery = z.infer<typeof visitorsQuerySchema>;
export type CreateVisitorRequest = z.infer<typeof createVisitorRequestSchema>;
export type ExtendVisitRequest = z.infer<typeof extendVisitRequestSchema>;
