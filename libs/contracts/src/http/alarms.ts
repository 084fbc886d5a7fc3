import * as z from 'zod';
import { alarmKindSchema, alarmSeveritySchema, alarmStateSchema } from '../primitives/alarm';
import { alarmIdSchema, doorIdSchema, siteIdSchema } from '../primitives/ids';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import { instantSchema } from '../primitives/scalars';

/** Words of somebody who sees to an alarm: up to 1,000 characters. */
const noteSchema = z.string().trim().max(1000);

/** Who did it and when; `by` is null when it ended by itself. */
const handlingSchema = z.object({
  by: z.string().nullable(),
  at: instantSchema,
  note: z.string().nullable(),
});

/** Something that somebody must look at. */
export const alarmSchema = z.object({
  id: alarmIdSchema,
  kind: alarmKindSchema,
  severity: alarmSeveritySchema,
  state: alarmStateSchema,
  /** Null: it concerns the whole organisation. */
  site: z.object({ id: siteIdSchema, name: z.string() }).nullable(),
  door: z.object({ id: doorIdSchema, name: z.string() }).nullable(),
  raisedAt: instantSchema,
  /** When it happened last, and how often, since it was raised. */
  lastAt: instantSchema,
  count: z.int().positive(),
  acknowledged: handlingSchema.nullable(),
  resolved: handlingSchema.nullable(),
  /** What the kind has to say, such as the camera's fault. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** `GET /api/alarms`: newest first. `state=open` stands for raised and acknowledged. */
export const alarmsQuerySchema = pageQuerySchema.extend({
  state: z.union([alarmStateSchema, z.literal('open')]).optional(),
  kind: alarmKindSchema.optional(),
  severity: alarmSeveritySchema.optional(),
  siteId: siteIdSchema.optional(),
  doorId: doorIdSchema.optional(),
  from: instantSchema.optional(),
  until: instantSchema.optional(),
});
export const alarmsPageSchema = pageSchema(alarmSchema);

/** `POST /api/alarms/{id}/acknowledge` and `…/resolve` */
export const handleAlarmRequestSchema = z.object({ note: noteSchema.optional() });

export type Alarm = z.infer<typeof alarmSchema>;
export type AlarmsQuery = z.infer<typeof alarmsQuerySchema>;
export type AlarmsPage = z.infer<typeof alarmsPageSchema>;
export type HandleAlarmRequest = z.infer<typeof handleAlarmRequestSchema>;
