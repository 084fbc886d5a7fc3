import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import { instantSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/**
 * `clock.sync`, agent to server: one exchange of those by which a door measures the server's clock. Beside it, what it
 * has measured so far, so that both sides know.
 */
export const clockSyncSchema = z.object({
  v: versionSchema,
  /** The door's wall clock as it sends. */
  wallTime: instantSchema,
  /** Server clock minus the door's wall clock as measured, ms, and how far that may be wrong; nulls before a measure. */
  offsetMs: z.number().nullable(),
  errorMs: z.number().nonnegative().nullable(),
});

/** The server's clock when the message came and when the answer went, ms since 1970. */
export const clockSyncAnswerSchema = answerSchema({
  receivedMs: z.number().nonnegative(),
  answeredMs: z.number().nonnegative(),
});

export type ClockSync = z.infer<typeof clockSyncSchema>;
