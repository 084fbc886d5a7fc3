import * as z from 'zod';
import { alarmKindSchema } from './alarm';
import { outcomeSchema } from './decision';
import { doorIdSchema, groupIdSchema, personIdSchema, siteIdSchema } from './ids';
import { calendarDateSchema, instantSchema } from './scalars';
import { REPORT_KINDS, REPORT_FORMATS, REPORT_LANGUAGES, RELATIVE_PERIODS } from '../words';

export const reportKindSchema = z.enum(REPORT_KINDS);

/** How a report is written to a file. */
export const reportFormatSchema = z.enum(REPORT_FORMATS);

/** The language of a report's titles, labels and codes. */
export const reportLanguageSchema = z.enum(REPORT_LANGUAGES);

/** What databases and people's calendars both hold. */
const inReach = (text: string) => text >= '1970' && text < '9999';
const OUT_OF_REACH = 'must be from 1970 to 9998';
const day = calendarDateSchema.refine(inReach, OUT_OF_REACH);
const instant = instantSchema.refine(inReach, OUT_OF_REACH);

/** Which time a report covers: a moving period, whole days on each site's wall clock, or from an instant until before another. */
export const reportPeriodSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('relative'), of: z.enum(RELATIVE_PERIODS) }),
  z
    .strictObject({ kind: z.literal('days'), from: day, until: day })
    .refine(({ from, until }) => from <= until, { path: ['until'], message: 'must not be before from' }),
  z
    .strictObject({ kind: z.literal('instants'), from: instant, until: instant })
    .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
      path: ['until'],
      message: 'must be after from',
    }),
]);

const period = reportPeriodSchema.default({ kind: 'relative', of: 'last-7-days' });
const siteId = siteIdSchema.optional();
const doorId = doorIdSchema.optional();
const personId = personIdSchema.optional();
/** Those who are in the group now. */
const groupId = groupIdSchema.optional();

/** A kind of report with what it is cut to. */
export const reportDefinitionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('events'),
    parameters: z.strictObject({
      period,
      siteId,
      doorId,
      personId,
      groupId,
      outcome: outcomeSchema.optional(),
    }),
  }),
  z.object({
    kind: z.literal('denied'),
    parameters: z.strictObject({ period, siteId, doorId, personId, groupId }),
  }),
  z.object({
    kind: z.literal('door-usage'),
    parameters: z.strictObject({ period, siteId, doorId, by: z.enum(['hour', 'day']).default('day') }),
  }),
  z.object({
    kind: z.literal('attendance'),
    parameters: z.strictObject({
      period,
      ...{ siteId, personId, groupId },
      /** When a day of work begins on the site's wall clock; what came before belongs to the day before. */
      dayBegins: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 04:00')
        .default('00:00'),
    }),
  }),
  z.object({ kind: z.literal('no-credentials'), parameters: z.strictObject({ siteId, groupId }) }),
  z.object({
    kind: z.literal('expiring'),
    parameters: z.strictObject({ siteId, groupId, withinDays: z.int().min(0).max(3650).default(30) }),
  }),
  z.object({
    kind: z.literal('idle'),
    parameters: z.strictObject({ siteId, groupId, months: z.int().min(1).max(120).default(3) }),
  }),
  z.object({ kind: z.literal('muster'), parameters: z.strictObject({ siteId }) }),
  z.object({
    kind: z.literal('alarms'),
    parameters: z.strictObject({ period, siteId, doorId, alarmKind: alarmKindSchema.optional() }),
  }),
  z.object({
    kind: z.literal('audit'),
    parameters: z.strictObject({
      period,
      siteId,
      /** One action, or all of an area: `door/`. */
      action: z
        .string()
        .max(100)
        .regex(/^[a-z-]+\/[a-z-]*$/, 'must be an action such as door/created, or an area such as door/')
        .optional(),
    }),
  }),
]);

export type ReportKind = z.infer<typeof reportKindSchema>;
export type ReportFormat = z.infer<typeof reportFormatSchema>;
export type ReportLanguage = z.infer<typeof reportLanguageSchema>;
export type RelativePeriod = (typeof RELATIVE_PERIODS)[number];
export type ReportPeriod = z.infer<typeof reportPeriodSchema>;
export type ReportDefinition = z.infer<typeof reportDefinitionSchema>;
