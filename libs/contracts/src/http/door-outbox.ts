import * as z from 'zod';
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
  /** Whether each event follows from the one before it, as it was seen when they came. */
  chain: z.object({
    /** `none`: the door does not chain its events. `gap`: whole but for events that are missing or were set aside. */
    state: z.enum(['none', 'intact', 'gap', 'broken']),
    /** The first that is chained. */
    firstSequence: z.int().positive().nullable(),
    /** The first event that does not follow from the one before it. */
    brokenAt: z.int().positive().nullable(),
    /** The last signature of the device; null where it has none, as every door that was never paired. */
    checkpoint: z
      .object({ sequence: z.int().positive(), at: instantSchema, fingerprint: z.string() })
      .nullable(),
    /** Chained events after that which no signature vouches for yet. */
    unsigned: z.int().nonnegative(),
  }),
});

/** `GET /api/doors/{id}/outbox`: whether the door's account is whole; the newest first, a hundred at most. */
export const doorOutboxSchema = z.object({ epochs: z.array(outboxEpochSchema) });

/**
 * `GET /api/doors/{id}/outbox/verification`: reads what is stored and reckons the chain anew. Without an epoch, of the
 * door's newest. Long ones in parts: `after` is the part before's `nextAfter`.
 */
export const doorOutboxVerificationQuerySchema = z.object({
  epoch: epochSchema.optional(),
  after: z.coerce.number().int().nonnegative().default(0),
});

export const doorOutboxVerificationSchema = z.object({
  epoch: epochSchema,
  /** Of what is stored in this part; null where nothing is. What was before it has been removed, by age as a rule. */
  firstSequence: z.int().positive().nullable(),
  lastSequence: z.int().positive().nullable(),
  /** How many were read, and how many of them their door has not chained. */
  events: z.int().nonnegative(),
  unchained: z.int().nonnegative(),
  /** How many signatures of the device's were checked, and up to where they vouch; 0: for nothing. */
  checkpoints: z.int().nonnegative(),
  signedThrough: z.int().nonnegative(),
  nextAfter: z.int().positive().nullable(),
  /**
   * The first thing that is wrong, or null. `changed`: the event or the one after it is not what it was. `removed`: it is
   * gone. `signature`: what the device has signed is something else, or the signature is not its.
   */
  fault: z
    .object({ sequence: z.int().positive(), what: z.enum(['changed', 'removed', 'signature']) })
    .nullable(),
});

export type DoorOutboxVerificationQuery = z.infer<typeof doorOutboxVerificationQuerySchema>;
export type DoorOutboxVerification = z.infer<typeof doorOutboxVerificationSchema>;
export type DoorOutbox = z.infer<typeof doorOutboxSchema>;
