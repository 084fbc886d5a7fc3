import * as z from 'zod';
import { commandIdSchema } from '../primitives/ids';
import { auditReasonSchema } from './access';

/** `POST /api/doors/{id}/unlock`: unlocks a door once, for a moment. */
export const unlockDoorRequestSchema = z.object({
  reason: auditReasonSchema,
  /** For how long; left out: as long as for anybody. */
  unlockMs: z.int().min(100).max(600_000).optional(),
});

/** The door has done it. */
export const unlockDoorResponseSchema = z.object({
  commandId: commandIdSchema,
  unlockMs: z.int().positive(),
});

export type UnlockDoorRequest = z.infer<typeof unlockDoorRequestSchema>;
export type UnlockDoorResponse = z.infer<typeof unlockDoorResponseSchema>;
