import * as z from 'zod';
import { importIdSchema, jobIdSchema, personIdSchema, siteIdSchema } from '../primitives/ids';
import { customFieldKeySchema } from '../primitives/person';
import { instantSchema, knownTimeZoneSchema } from '../primitives/scalars';

/** The name of a column, as the first line of the table has it. */
const columnSchema = z.string().min(1).max(500);

/** Which column of the table holds what; what is left out is not imported. */
export const importMappingSchema = z.object({
  name: columnSchema,
  employeeNumber: columnSchema.optional(),
  department: columnSchema.optional(),
  email: columnSchema.optional(),
  phone: columnSchema.optional(),
  /** A day, or an instant; a day begins at midnight of `timeZone`. */
  validFrom: columnSchema.optional(),
  /** A day, which is the last one included, or an instant. */
  validUntil: columnSchema.optional(),
  /** Names of access groups, separated by semicolons. */
  groups: columnSchema.optional(),
  /** File names of photos, separated by semicolons. Without it the photos are those named like the employee number. */
  photos: columnSchema.optional(),
  customFields: z.record(customFieldKeySchema, columnSchema).default({}),
});

/** How a table is read and what becomes of its rows. */
export const importPlanSchema = z.object({
  mapping: importMappingSchema,
  /** The site that all of its people belong to; null: the whole organisation. */
  siteId: siteIdSchema.nullable().default(null),
  /** What to do with a row whose employee number somebody has already. */
  existing: z.enum(['update', 'skip', 'refuse']).default('update'),
  /** Whether somebody who has a template already gets more. */
  morePhotos: z.boolean().default(false),
  timeZone: knownTimeZoneSchema.default('UTC'),
  /** As it was found unless given. */
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'cp949', 'windows-1252']).optional(),
  separator: z.enum([',', ';', '\t', '|']).optional(),
});

/** What an upload holds, before anything of it is imported. */
export const importTableSchema = z.object({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'cp949', 'windows-1252']),
  separator: z.enum([',', ';', '\t', '|']),
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
  /** The first rows, cell by cell. */
  sample: z.array(z.array(z.string())),
  /** The columns that were recognised by their names. */
  suggested: importMappingSchema.partial({ name: true }),
});

export const importStateSchema = z.enum(['uploaded', 'running', 'done', 'failed', 'cancelled']);

/** An import of people: uploaded, checked as often as wanted, then started once. */
export const peopleImportSchema = z.object({
  id: importIdSchema,
  state: importStateSchema,
  table: importTableSchema,
  photos: z.int().nonnegative(),
  /** Ask for its progress under jobs; null before the start. */
  jobId: jobIdSchema.nullable(),
  /** What became of its rows so far. */
  fates: z.record(z.string(), z.int().nonnegative()),
  createdAt: instantSchema,
});

/** What would go wrong with a row. */
export const importProblemSchema = z.object({
  /** Of the table, from 1; the line of the columns is not counted. */
  row: z.int().positive(),
  /** The field, or `photos`. */
  field: z.string(),
  message: z.string(),
});

/** `POST /api/people-imports/{id}/check`: what starting it with this plan would do; nothing is written. */
export const importCheckSchema = z.object({
  rows: z.int().nonnegative(),
  wouldCreate: z.int().nonnegative(),
  wouldUpdate: z.int().nonnegative(),
  wouldSkip: z.int().nonnegative(),
  wouldRefuse: z.int().nonnegative(),
  /** Photos that no row refers to. */
  unusedPhotos: z.int().nonnegative(),
  /** The first thousand. */
  problems: z.array(importProblemSchema),
});

/** `POST /api/people-imports/{id}/start` */
export const importStartedSchema = z.object({ importId: importIdSchema, jobId: jobIdSchema });

/** What became of one row: a line of `GET /api/people-imports/{id}/report`, a CSV file. */
export const importFateSchema = z.object({
  row: z.int().positive(),
  fate: z.enum(['created', 'updated', 'unchanged', 'skipped', 'refused']),
  personId: personIdSchema.nullable(),
  /** Templates that were made. */
  templates: z.int().nonnegative(),
  /** Why it was refused, or why a photo was; null where nothing was. */
  code: z.string().nullable(),
  detail: z.string().nullable(),
});

export type ImportMapping = z.infer<typeof importMappingSchema>;
export type ImportPlan = z.infer<typeof importPlanSchema>;
export type ImportTable = z.infer<typeof importTableSchema>;
export type ImportProblem = z.infer<typeof importProblemSchema>;
export type ImportCheck = z.infer<typeof importCheckSchema>;
export type ImportFate = z.infer<typeof importFateSchema>;
export type PeopleImport = z.infer<typeof peopleImportSchema>;
