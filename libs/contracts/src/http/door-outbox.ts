import { z } from 'zod';
import { epochSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';

/** Places that a door gave to events which it no longer has and the server never got. */
const gapSchema = z.object({
  firstSequence: z.int().positive(),
  lastSequence: z.int().positive(),
  noticedAt: instantSchema,
});

/** One life of a door's outbox, as the server knows it. */
const outboxEpochSchema = z.object({
  epoch: epochSchema,
  /** Null of an outbox that was first heard of before this was noted. */
  firstHeardAt: instantSchema.nullable(),
  lastHeardAt: instantSchema.nullable(),
  /** All at or under it is stored, set aside, or in one of the gaps. */
  acknowledgedSequence: z.int().nonnegative(),
  /** The last that the door itself said it had given; 0 where it never said. */
  announcedSequence: z.int().nonnegative(),
  /** Whether the door has begun another since: what it announced of this one and never sent is lost. */
  isEnded: z.boolean(),
  /** How many events are known to be lost: in gaps, or at the end of an outbox that has ended. */
  missing: z.int().nonnegative(),
  /** Events that were set aside and that nobody has seen to. */
  deadLetters: z.int().nonnegative(),
  /** The first hundred. */
  gaps: z.array(gapSchema),
});

/** `GET /api/doors/{id}/outbox`: whether the door's account is whole; the newest first, a hundred at most. */
export const doorOutboxSchema = z.object({ epochs: z.array(outboxEpochSchema) });

export type DoorOutbox = z.infer<typeof doorOutboxSchema>;
