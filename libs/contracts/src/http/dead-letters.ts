import * as z from 'zod';
import { deadLetterIdSchema, doorIdSchema, siteIdSchema } from '../primitives/ids';
import { pageQuerySchema, pageSchema } from '../primitives/page';
import { instantSchema } from '../primitives/scalars';

/** Why an event of a door could not be taken into the account. */
export const DEAD_LETTER_REASONS = [
  /** It does not fit its schema. */
  'unreadable',
  /** It is of a kind that this server does not know; a newer one may. */
  'unknown-kind',
  /** Another event has its id or its place. */
  'conflict',
  /** It says that it happened in a year that no calendar here holds. */
  'impossible-time',
  /** Its door is no more. */
  'unknown-door',
  /** The database refused what it holds. */
  'refused-by-database',
] as const;

export const deadLetterReasonSchema = z.enum(DEAD_LETTER_REASONS);

/** `open`: nobody has seen to it. `stored`: it was taken into the account later. `dismissed`: somebody let it go. */
export const deadLetterStateSchema = z.enum(['open', 'stored', 'dismissed']);

/** An event that was acknowledged to its door without being in the account, kept as it came. */
export const deadLetterSchema = z.object({
  id: deadLetterIdSchema,
  /** The name is null where the door is no more. */
  door: z.object({ id: doorIdSchema, name: z.string().nullable() }),
  siteId: siteIdSchema.nullable(),
  epoch: z.uuid(),
  sequence: z.int().positive(),
  reason: deadLetterReasonSchema,
  /** What exactly was wrong, for people. */
  detail: z.string(),
  /** The event as JSON text; what is beyond 64 KiB is cut off. */
  event: z.string(),
  receivedAt: instantSchema,
  state: deadLetterStateSchema,
  /** Who has seen to it, when and why; null while it is open. */
  settled: z.object({ by: z.string(), at: instantSchema, note: z.string().nullable() }).nullable(),
});

/** `GET /api/events/dead-letters`: newest first; every filter given must hold. */
export const deadLettersQuerySchema = pageQuerySchema.extend({
  state: deadLetterStateSchema.optional(),
  reason: deadLetterReasonSchema.optional(),
  siteId: siteIdSchema.optional(),
  doorId: doorIdSchema.optional(),
});
export const deadLettersPageSchema = pageSchema(deadLetterSchema);

/** `POST /api/events/dead-letters/{id}/dismiss`: why is for the account. */
export const dismissDeadLetterRequestSchema = z.object({ note: z.string().trim().min(1).max(1000) });

export type DeadLetterReason = z.infer<typeof deadLetterReasonSchema>;
export type DeadLetterState = z.infer<typeof deadLetterStateSchema>;
export type DeadLetter = z.infer<typeof deadLetterSchema>;
export type DeadLettersQuery = z.infer<typeof deadLettersQuerySchema>;
export type DeadLettersPage = z.infer<typeof deadLettersPageSchema>;
export type DismissDeadLetterRequest = z.infer<typeof dismissDeadLetterRequestSchema>;
