import { z } from 'zod';

/** What the door did with a visit. */
export const outcomeSchema = z.enum(['granted', 'denied']);

/**
 * Why.
 *
 * `matched`: a person of the gallery, clearly. `unknown-person`: nobody in the gallery is similar enough.
 * `ambiguous`: two people are too similar to tell apart. `gallery-unavailable`: the door could not compare, and doubt
 * means denied.
 */
export const reasonSchema = z.enum(['matched', 'unknown-person', 'ambiguous', 'gallery-unavailable']);

export type Outcome = z.infer<typeof outcomeSchema>;
export type Reason = z.infer<typeof reasonSchema>;
