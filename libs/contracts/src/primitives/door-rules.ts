import * as z from 'zod';
import { areaIdSchema, doorIdSchema, groupIdSchema, scheduleIdSchema, siteIdSchema } from './ids';
import { placeNameSchema, timeZoneSchema } from './scalars';

const groupIds = z.array(groupIdSchema).min(1).max(64);

/**
 * What happens to who enters an area without having left it, or leaves it without having entered.
 *
 * `soft` lets them pass and says so; `hard` denies. After `forgetAfterMs` where somebody is counts as unknown, and
 * breaks no rule; null: never.
 */
export const antiPassbackSchema = z.object({
  mode: z.enum(['off', 'soft', 'hard']),
  forgetAfterMs: z
    .int()
    .min(1_000)
    .max(31 * 86_400_000)
    .nullable(),
});

/** A part of a site that doors lead into and out of. */
export const areaSchema = z.object({
  id: areaIdSchema,
  siteId: siteIdSchema,
  name: placeNameSchema,
  /** How many people may be inside at once; null: any number. */
  occupancyMax: z.int().min(1).max(1_000_000).nullable(),
  antiPassback: antiPassbackSchema,
});

/**
 * Nobody passes alone: the last of `count` people opens the door for all of them.
 *
 * Each must be allowed to pass by every other rule. `withinMs` is the longest time from the first to the last.
 */
export const twoPersonRuleSchema = z.object({
  count: z.int().min(2).max(5),
  withinMs: z.int().min(1_000).max(300_000),
  /** At least one of the people must be of one of these groups; null: anybody will do. */
  approverGroupIds: groupIds.nullable(),
});

/**
 * Until somebody of `groupIds` has passed on a day of the site, nobody else does, and a scheduled unlock waits.
 *
 * It holds while `scheduleId` covers the time, or always when that is null.
 */
export const firstPersonRuleSchema = z.object({ groupIds, scheduleId: scheduleIdSchema.nullable() });

/** What a door does once its rules are older than `offlineAgeMaxMs`: deny everybody, or all but these groups. */
export const offlinePolicySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deny') }),
  z.object({ kind: z.literal('groups'), groupIds }),
]);

/** The access rules of one door. */
export const doorRulesSchema = z.object({
  siteId: siteIdSchema,
  /** Of the site; every schedule of the door is read by its wall clock. */
  timeZone: timeZoneSchema,
  /** The area that the door leads out of; null: outside. */
  fromAreaId: areaIdSchema.nullable().default(null),
  /** The area that the door leads into; null: outside. */
  toAreaId: areaIdSchema.nullable().default(null),
  twoPerson: twoPersonRuleSchema.nullable().default(null),
  firstPersonIn: firstPersonRuleSchema.nullable().default(null),
  /** Doors of which each must be closed before this one is unlocked. */
  interlockDoorIds: z.array(doorIdSchema).max(16).default([]),
  /** While this schedule covers the time the door is unlocked for all; null: never. */
  unlockScheduleId: scheduleIdSchema.nullable().default(null),
  /** How long after the server last confirmed the rules the door still goes by them; null: without limit. */
  offlineAgeMaxMs: z
    .int()
    .min(60_000)
    .max(366 * 86_400_000)
    .nullable()
    .default(null),
  offlinePolicy: offlinePolicySchema.default({ kind: 'deny' }),
});

export type AntiPassback = z.infer<typeof antiPassbackSchema>;
export type Area = z.infer<typeof areaSchema>;
export type TwoPersonRule = z.infer<typeof twoPersonRuleSchema>;
export type FirstPersonRule = z.infer<typeof firstPersonRuleSchema>;
export type OfflinePolicy = z.infer<typeof offlinePolicySchema>;
export type DoorRules = z.infer<typeof doorRulesSchema>;
