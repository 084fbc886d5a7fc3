import * as z from 'zod';
import { doorIdSchema, groupIdSchema, lockdownIdSchema, personIdSchema, siteIdSchema } from './ids';
import { instantSchema } from './scalars';

/** Doors that a lockdown closes: all of a site, or these. */
export const lockdownScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('site'), siteId: siteIdSchema }),
  z.object({ kind: z.literal('doors'), doorIds: z.array(doorIdSchema).min(1).max(2000) }),
]);

/**
 * A lockdown that is in force: its doors are locked for all but the exempt, whatever else is said. It holds from when
 * a door learns of it until it is lifted; of several, a person must be exempt from each.
 */
export const lockdownSchema = z.object({
  id: lockdownIdSchema,
  scope: lockdownScopeSchema,
  exemptGroupIds: z.array(groupIdSchema).max(64),
  exemptPersonIds: z.array(personIdSchema).max(256).default([]),
  since: instantSchema,
  /** Why, in words for people. */
  note: z.string().trim().max(500),
});

/**
 * How an override sets a door. `normal`: not at all, which ends another of the same priority. `locked`: no scheduled
 * unlock; who may pass does. `unlocked`: open for all. `blocked`: nobody passes.
 */
export const overrideStateSchema = z.enum(['normal', 'locked', 'unlocked', 'blocked']);

/** `emergency` wins over `operator`, and both over the door's schedule. */
export const overridePrioritySchema = z.enum(['emergency', 'operator']);

/** A door's state as set by somebody, for a time; at most one of each priority on a door. */
export const doorOverrideSchema = z
  .object({
    doorId: doorIdSchema,
    priority: overridePrioritySchema,
    state: overrideStateSchema,
    /** From here on the door returns to normal by itself; only an emergency may stay until it is ended. */
    until: instantSchema.nullable(),
  })
  .refine(({ priority, state, until }) => priority === 'emergency' || state === 'normal' || until !== null, {
    path: ['until'],
    message: 'must be set for an operator',
  });

/**
 * What a door does of itself. `locked`: unlocks for who may pass. `unlocked`: open for all. `blocked`: unlocks for
 * nobody. `locked-down`: unlocks for who may pass and is exempt.
 */
export const doorModeSchema = z.enum(['locked', 'unlocked', 'blocked', 'locked-down']);

export type LockdownScope = z.infer<typeof lockdownScopeSchema>;
export type Lockdown = z.infer<typeof lockdownSchema>;
export type OverrideState = z.infer<typeof overrideStateSchema>;
export type OverridePriority = z.infer<typeof overridePrioritySchema>;
export type DoorOverride = z.infer<typeof doorOverrideSchema>;
export type DoorMode = z.infer<typeof doorModeSchema>;
