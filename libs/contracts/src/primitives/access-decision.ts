import * as z from 'zod';
import { personStatusSchema } from './access-level';
import { outcomeSchema, ruleReasonSchema } from './decision';
import { doorModeSchema } from './door-overrides';
import {
  accessLevelIdSchema,
  areaIdSchema,
  doorIdSchema,
  groupIdSchema,
  lockdownIdSchema,
  personIdSchema,
  scheduleIdSchema,
} from './ids';
import { instantSchema } from './scalars';

/** What decided whether a schedule covers a time; the last two are doubts, and cover nothing. */
export const scheduleSourceSchema = z.enum([
  'weekly',
  'holiday',
  'exception',
  'calendar-unavailable',
  'time-unavailable',
]);

/** How one access level of a person stands to a door at a time. */
export const levelAtDoorSchema = z.object({
  accessLevelId: accessLevelIdSchema,
  /** The group that gives the person the level; null: their own. */
  groupId: groupIdSchema.nullable(),
  scheduleId: scheduleIdSchema,
  covers: z.boolean(),
  /** Null when the schedule itself is unavailable. */
  source: scheduleSourceSchema.nullable(),
});

const result = {
  passed: z.boolean(),
  /** What this check alone would deny with; null when it passed. */
  reason: ruleReasonSchema.nullable(),
};

/**
 * One check of a decision, with what it looked at. Every check is made, so that all that is in the way can be told; only
 * where the door, its time zone, the person or the time is unknown, the checks that need it are left out. A check for
 * which a door has no rule passes.
 */
export const accessStepSchema = z.discriminatedUnion('check', [
  z.object({
    check: z.literal('rules'),
    ...result,
    missing: z.enum(['door', 'person', 'time-zone', 'area']).nullable(),
  }),
  z.object({ check: z.literal('clock'), ...result }),
  z.object({
    check: z.literal('offline'),
    ...result,
    rulesAgeMs: z.number().nonnegative().nullable(),
    offlineAgeMaxMs: z.number().nullable(),
    /** The group that the offline policy lets pass. */
    groupId: groupIdSchema.nullable(),
  }),
  z.object({ check: z.literal('status'), ...result, status: personStatusSchema.nullable() }),
  z.object({
    check: z.literal('validity'),
    ...result,
    validFrom: instantSchema.nullable(),
    validUntil: instantSchema.nullable(),
  }),
  z.object({
    check: z.literal('lockdown'),
    ...result,
    /** Those in force at the door. */
    lockdownIds: z.array(lockdownIdSchema),
    /** The first from which the person is not exempt. */
    lockdownId: lockdownIdSchema.nullable(),
  }),
  z.object({ check: z.literal('door-mode'), ...result, mode: doorModeSchema.nullable() }),
  z.object({
    check: z.literal('access-level'),
    ...result,
    /** Every level that leads through the door, the one that lets pass first. At most 64. */
    levels: z.array(levelAtDoorSchema),
    /** When the first of them next covers the time; null: now, or never. */
    nextOpenAt: instantSchema.nullable(),
  }),
  z.object({
    check: z.literal('first-person'),
    ...result,
    /** Whether the rule holds now. */
    inForce: z.boolean(),
    /** When somebody last passed as the first of the day; null: not today. */
    arrivedAt: instantSchema.nullable(),
  }),
  z.object({
    check: z.literal('anti-passback'),
    ...result,
    /** The area of which the rule is broken; the step has passed when that area's mode is `soft`. */
    violatedAreaId: areaIdSchema.nullable(),
    /** Where the person was last; null: outside. Absent when that is unknown. */
    lastAreaId: areaIdSchema.nullable().optional(),
  }),
  z.object({
    check: z.literal('occupancy'),
    ...result,
    areaId: areaIdSchema.nullable(),
    occupancy: z.int().nonnegative().nullable(),
    occupancyMax: z.int().nullable(),
  }),
  z.object({
    check: z.literal('interlock'),
    ...result,
    openDoorIds: z.array(doorIdSchema),
    /** Doors of which nobody knows whether they are closed; they count as open. */
    unknownDoorIds: z.array(doorIdSchema),
  }),
  z.object({
    check: z.literal('two-person'),
    ...result,
    /** Who is counted, this person included. */
    personIds: z.array(personIdSchema),
    count: z.int().nullable(),
    approverMissing: z.boolean(),
  }),
]);

/** A decision about one person at one door, with its account. */
export const accessDecisionSchema = z.object({
  outcome: outcomeSchema,
  /** `matched` when granted; else the reason of the first step that did not pass. */
  reason: z.enum(['matched', ...ruleReasonSchema.options]),
  /** In the order in which the checks count. */
  steps: z.array(accessStepSchema),
  /** The access level that let the person pass; null when denied. */
  accessLevelId: accessLevelIdSchema.nullable(),
  /** Who passes by this grant: more than the person where the two-person rule holds; nobody when denied. */
  personIds: z.array(personIdSchema),
  /** How long the door unlocks, ms; 0 when denied. */
  unlockMs: z.int().nonnegative(),
});

export type ScheduleSource = z.infer<typeof scheduleSourceSchema>;
export type LevelAtDoor = z.infer<typeof levelAtDoorSchema>;
export type AccessStep = z.infer<typeof accessStepSchema>;
export type AccessDecision = z.infer<typeof accessDecisionSchema>;
