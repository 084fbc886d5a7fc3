import * as z from 'zod';
import { jobIdSchema, reportExportIdSchema } from '../primitives/ids';
import { reasonTextSchema } from '../primitives/person';
import {
  reportDefinitionSchema,
  reportFormatSchema,
  reportKindSchema,
  reportLanguageSchema,
} from '../primitives/report';
import { instantSchema } from '../primitives/scalars';

/** One column of a report. */
export const reportColumnSchema = z.object({
  key: z.string(),
  /** `instant`: ISO 8601 with the offset of the site's wall clock. `date`: `YYYY-MM-DD`. */
  type: z.enum(['text', 'integer', 'number', 'instant', 'date']),
  label: z.string(),
});

/** `GET /api/reports/kinds`: the kinds that the asker may run. */
export const reportKindsSchema = z.object({
  items: z.array(
    z.object({
      kind: reportKindSchema,
      title: z.string(),
      columns: z.array(reportColumnSchema),
      /** Whether there is a picture of it: `POST /api/reports/chart`. */
      charted: z.boolean().default(false),
    }),
  ),
});

/** `POST /api/reports/preview`. Without a language it is the one that `Accept-Language` prefers. */
export const reportPreviewRequestSchema = z.object({
  report: reportDefinitionSchema,
  language: reportLanguageSchema.optional(),
});

/** The first rows of a report. */
export const reportPreviewSchema = z.object({
  kind: reportKindSchema,
  title: z.string(),
  madeAt: instantSchema,
  columns: z.array(reportColumnSchema),
  /** Up to 100, each with a value for each column. */
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  totals: z.object({
    rows: z.int().nonnegative(),
    /** Whether there are not more rows than that; of more, nothing is summed. */
    exact: z.boolean(),
    /** By the key of a column. */
    sums: z.record(z.string(), z.number()),
  }),
});

/**
 * `POST /api/reports/chart`, with the body of a preview: all rows of a report put together, for a picture. Kinds that
 * are not `charted` are refused.
 */
export const reportChartSchema = z.object({
  kind: reportKindSchema,
  title: z.string(),
  /**
   * What each point is: an hour of the day (`00` to `23`), a day (`YYYY-MM-DD`) or a month (`YYYY-MM`) of the sites' own
   * wall clocks, with those that nothing happened in left out, in order; or a value of a column, the largest first.
   */
  by: z.enum(['hour', 'day', 'month', 'value']),
  /** What is counted or summed, each with a value in each point. */
  measures: z.array(z.object({ key: z.string(), label: z.string() })).min(1),
  points: z.array(z.object({ at: z.string(), values: z.array(z.number()) })).max(400),
});

/** `POST /api/reports/export`: the whole report as a file; why it is wanted goes into the account. */
export const reportExportRequestSchema = reportPreviewRequestSchema.extend({
  format: reportFormatSchema,
  reason: reasonTextSchema,
  /** Begins a CSV file with a byte order mark, by which spreadsheets see that it is UTF-8. */
  byteOrderMark: z.boolean().default(true),
});

/** A report that is made in the background, for whoever asked for it. */
export const reportExportSchema = z.object({
  id: reportExportIdSchema,
  report: reportDefinitionSchema,
  format: reportFormatSchema,
  language: reportLanguageSchema,
  reason: z.string(),
  createdAt: instantSchema,
  /** How far it is, and why it failed if it did, is told under `/api/jobs/{jobId}`. */
  jobId: jobIdSchema,
  /** Null until it is made. */
  file: z
    .object({
      name: z.string(),
      rows: z.int().nonnegative(),
      bytes: z.int().nonnegative(),
      /** Of the whole file. */
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      /** When it is deleted. */
      keptUntil: instantSchema,
    })
    .nullable(),
});

/** `GET /api/reports/exports`: the asker's own, newest first, up to 200. */
export const reportExportListSchema = z.object({ items: z.array(reportExportSchema) });

export type ReportExport = z.infer<typeof reportExportSchema>;
export type ReportColumnView = z.infer<typeof reportColumnSchema>;
export type ReportPreviewRequest = z.infer<typeof reportPreviewRequestSchema>;
export type ReportPreview = z.infer<typeof reportPreviewSchema>;
export type ReportChart = z.infer<typeof reportChartSchema>;
export type ReportExportRequest = z.infer<typeof reportExportRequestSchema>;
