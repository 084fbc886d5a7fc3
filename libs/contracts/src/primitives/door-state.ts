import * as z from 'zod';

/**
 * How a door stands, in the words of ONVIF's door control. `accessed`: unlocked for a moment, for somebody.
 * `unlocked`: open for all. `locked-open`: the same, by an emergency. `blocked`: unlocks for nobody. `double-locked`: a
 * second lock is thrown.
 */
export const doorStandingSchema = z.enum([
  'locked',
  'unlocked',
  'accessed',
  'blocked',
  'locked-down',
  'locked-open',
  'double-locked',
]);

/** What is wrong with a door's being open; `normal`: nothing. */
export const doorOpenAlarmSchema = z.enum(['normal', 'door-forced-open', 'door-open-too-long']);

/** How a door is, beyond its lock. */
export const doorConditionSchema = z.object({
  standing: doorStandingSchema,
  /** `unknown`: the door has no contact, or it cannot be read. */
  position: z.enum(['open', 'closed', 'unknown']),
  alarm: doorOpenAlarmSchema,
  /** Whether the door is about to count as held open. */
  warning: z.boolean(),
  tamper: z.boolean(),
  /** Whether the wired fire release has freed the door. */
  fireRelease: z.boolean(),
  /** What keeps the lock or its inputs from being reached, in words for people; null when nothing does. */
  hardwareFault: z.string().max(500).nullable(),
});

/**
 * Why a door does not unlock for an operator. `late`: the command is too old, or how old it is is not known.
 * `lock-fault`: the lock did not say that it unlocked; it is not told again.
 * `not-recorded`: the door could not write it down, and what is not written down is not done.
 */
export const unlockRefusalSchema = z.enum([
  'late',
  'blocked',
  'locked-down',
  'double-locked',
  'not-recorded',
  'lock-fault',
]);

export type UnlockRefusal = z.infer<typeof unlockRefusalSchema>;
export type DoorStanding = z.infer<typeof doorStandingSchema>;
export type DoorOpenAlarm = z.infer<typeof doorOpenAlarmSchema>;
export type DoorCondition = z.infer<typeof doorConditionSchema>;
