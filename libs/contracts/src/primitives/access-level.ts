import * as z from 'zod';
import { accessLevelIdSchema, doorIdSchema, groupIdSchema, personIdSchema, scheduleIdSchema } from './ids';
import { instantSchema, personNameSchema, placeNameSchema } from './scalars';
import { PERSON_STATUSES } from '../words';

/** Where and when: each entry opens its doors while its schedule covers the time. */
export const accessLevelSchema = z.object({
  id: accessLevelIdSchema,
  name: placeNameSchema,
  entries: z
    .array(z.object({ doorIds: z.array(doorIdSchema).min(1).max(2000), scheduleId: scheduleIdSchema }))
    .max(64),
});

/** An access group: whoever belongs to it has its access levels. */
export const groupSchema = z.object({
  id: groupIdSchema,
  name: placeNameSchema,
  accessLevelIds: z.array(accessLevelIdSchema).max(128),
});

/** `suspended` is meant to end, `blocked` is not; neither passes any door. */
export const personStatusSchema = z.enum(PERSON_STATUSES);

/** The groups of one person. */
export const personGroupIdsSchema = z.array(groupIdSchema).max(16);

/** A person as a door knows them. Without groups and levels of their own they pass nowhere. */
export const doorPersonSchema = z.object({
  id: personIdSchema,
  name: personNameSchema,
  status: personStatusSchema.default('active'),
  /** The first instant at which the person may pass; null: no limit. */
  validFrom: instantSchema.nullable().default(null),
  /** The first instant at which the person may pass no longer; null: no limit. */
  validUntil: instantSchema.nullable().default(null),
  groupIds: personGroupIdsSchema.default([]),
  /** Access levels beside those of the groups. */
  accessLevelIds: z.array(accessLevelIdSchema).max(128).default([]),
  /** Needs longer at the door: it unlocks for `extendedUnlockMs`. */
  extendedTime: z.boolean().default(false),
});

export type AccessLevel = z.infer<typeof accessLevelSchema>;
export type Group = z.infer<typeof groupSchema>;
export type PersonStatus = z.infer<typeof personStatusSchema>;
export type DoorPerson = z.infer<typeof doorPersonSchema>;
