import * as z from 'zod';
import { commandRefusalSchema, doorCommandSchema } from '../primitives/door-command';
import { commandIdSchema, doorIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';
import { auditReasonSchema } from './access';

/** `POST /api/doors/{id}/commands`: tells a door to do something once. */
export const tellDoorRequestSchema = z.object({ command: doorCommandSchema, reason: auditReasonSchema });

/** A command and what has become of it. */
export const doorCommandRecordSchema = z.object({
  id: commandIdSchema,
  doorId: doorIdSchema,
  command: doorCommandSchema,
  reason: z.string(),
  /** Name of who asked, as it was then. */
  askedBy: z.string(),
  askedAt: instantSchema,
  expiresAt: instantSchema,
  /** `asked`: the door has said nothing yet. `expired`: it never did, and refuses it from now on. */
  state: z.enum(['asked', 'expired', 'accepted', 'refused', 'done', 'failed']),
  refusal: commandRefusalSchema.nullable(),
  detail: z.string().nullable(),
  unlockMs: z.int().positive().nullable(),
  acceptedAt: instantSchema.nullable(),
  endedAt: instantSchema.nullable(),
  /** Whether there is a bundle at `GET /api/doors/{id}/commands/{commandId}/diagnostics`. */
  hasDiagnostics: z.boolean(),
});

/** `GET /api/doors/{id}/commands`: the newest hundred, newest first. */
export const doorCommandListSchema = z.object({ items: z.array(doorCommandRecordSchema).max(100) });

export type TellDoorRequest = z.infer<typeof tellDoorRequestSchema>;
export type DoorCommandRecord = z.infer<typeof doorCommandRecordSchema>;
