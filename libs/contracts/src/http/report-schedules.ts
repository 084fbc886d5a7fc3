import * as z from 'zod';
import { reportExportIdSchema, reportScheduleIdSchema, savedReportIdSchema } from '../primitives/ids';
import { lineSchema, reasonTextSchema } from '../primitives/person';
import { reportDefinitionSchema, reportFormatSchema, reportLanguageSchema } from '../primitives/report';
import { instantSchema, knownTimeZoneSchema } from '../primitives/scalars';

/** `POST /api/reports/saved`, `PUT /api/reports/saved/{id}` */
export const savedReportRequestSchema = z.object({
  name: lineSchema(120),
  report: reportDefinitionSchema,
  /** Whether everybody who may read reports sees it; it shows each only what they may see. */
  shared: z.boolean(),
});

/** A report with a name. */
export const savedReportSchema = savedReportRequestSchema.extend({
  id: savedReportIdSchema,
  /** Whether it is the asker's, who alone may change it. */
  own: z.boolean(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});

/** `GET /api/reports/saved`: the asker's own and those that are shared, by name. */
export const savedReportListSchema = z.object({ items: z.array(savedReportSchema) });

const at = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 07:00');

/** When a report is due, on the wall clock of the schedule's time zone; a time that the clock leaves out is the next there is. */
export const reportTimingSchema = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), at }),
  /** 1 is Monday. */
  z.object({ every: z.literal('week'), on: z.int().min(1).max(7), at }),
  z.object({ every: z.literal('month'), on: z.union([z.int().min(1).max(28), z.literal('last')]), at }),
]);

/** `POST /api/reports/schedules`, `PUT /api/reports/schedules/{id}` */
export const reportScheduleRequestSchema = z.object({
  /** A saved report of the asker's own. */
  savedReportId: savedReportIdSchema,
  format: reportFormatSchema,
  language: reportLanguageSchema,
  /** Why, as each export's account has it. */
  reason: reasonTextSchema,
  timing: reportTimingSchema,
  timeZone: knownTimeZoneSchema,
  /** Who gets it by mail. Nobody, or no mail server: it is kept for its owner to fetch. */
  recipients: z.array(z.email().max(254)).max(50),
  enabled: z.boolean(),
});

/** A saved report that is made again and again. */
export const reportScheduleSchema = reportScheduleRequestSchema.extend({
  id: reportScheduleIdSchema,
  /** Null while it is not enabled. */
  nextAt: instantSchema.nullable(),
  /** Whether this server can send mail. */
  mailable: z.boolean(),
});

/** `GET /api/reports/schedules`: the asker's own. */
export const reportScheduleListSchema = z.object({ items: z.array(reportScheduleSchema) });

/** What came of one time that a schedule was due. */
export const reportDeliverySchema = z.object({
  id: z.uuid(),
  dueAt: instantSchema,
  /** `kept`: there was nobody to send it to, or no mail server. The last three are final. */
  state: z.enum(['making', 'sending', 'sent', 'kept', 'failed']),
  finishedAt: instantSchema.nullable(),
  /** Under `/api/reports/exports`; null when none was begun, or it is kept no longer. */
  exportId: reportExportIdSchema.nullable(),
  /** Why it failed, or whom the mail server refused. */
  detail: z.string().nullable(),
});

/** `GET /api/reports/schedules/{id}/deliveries`: the newest 100. */
export const reportDeliveryListSchema = z.object({ items: z.array(reportDeliverySchema) });

export type SavedReportRequest = z.infer<typeof savedReportRequestSchema>;
export type SavedReport = z.infer<typeof savedReportSchema>;
export type ReportTiming = z.infer<typeof reportTimingSchema>;
export type ReportScheduleRequest = z.infer<typeof reportScheduleRequestSchema>;
export type ReportSchedule = z.infer<typeof reportScheduleSchema>;
export type ReportDelivery = z.infer<typeof reportDeliverySchema>;
