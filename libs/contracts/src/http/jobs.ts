import * as z from 'zod';
import { jobIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';

/** How far a job has got. */
export const jobProgressSchema = z.object({
  done: z.int().nonnegative(),
  /** Null while it is not known. */
  total: z.int().nonnegative().nullable(),
  /** What it is at, in English. */
  message: z.string().nullable(),
});

/** `GET /api/jobs/{id}`: work that the server does beside requests, for whoever asked for it. */
export const jobSchema = z.object({
  id: jobIdSchema,
  /** `area/what-is-done` */
  kind: z.string(),
  /** The last three are final. */
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Somebody asked for an end that the work has not come to yet. */
  cancelRequested: z.boolean(),
  progress: jobProgressSchema,
  createdAt: instantSchema,
  startedAt: instantSchema.nullable(),
  finishedAt: instantSchema.nullable(),
  /** What came of it, by its kind; null until it is done, and where nothing is told. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** Why it failed, as a problem document says it. */
  error: z.object({ code: z.string(), title: z.string(), detail: z.string().optional() }).nullable(),
});

export type Job = z.infer<typeof jobSchema>;
