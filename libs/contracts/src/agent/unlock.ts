import { z } from 'zod';
import { answerSchema } from '../errors/problem';
import { unlockRefusalSchema } from '../primitives/door-state';
import { commandIdSchema } from '../primitives/ids';
import { instantSchema } from '../primitives/scalars';
import { versionSchema } from './protocol';

/**
 * `door.unlock`, server to agent: unlock once, for a moment. Its answer is sent once that is done, or not. The same id
 * again is answered as before, and does nothing.
 */
export const doorUnlockSchema = z.object({
  v: versionSchema,
  commandId: commandIdSchema,
  /** By the server's clock; from here on the door refuses. */
  expiresAt: instantSchema,
  /** For how long; null: as long as for anybody. */
  unlockMs: z.int().min(100).max(600_000).nullable(),
});

export const doorUnlockAnswerSchema = answerSchema({
  commandId: commandIdSchema,
  outcome: z.enum(['unlocked', 'refused']),
  /** Why it was refused; null when it was not. */
  reason: unlockRefusalSchema.nullable(),
  /** For how long it unlocked; 0 when it did not. */
  unlockMs: z.int().nonnegative(),
});

export type DoorUnlock = z.infer<typeof doorUnlockSchema>;
export type DoorUnlockAnswer = z.infer<typeof doorUnlockAnswerSchema>;
