import * as z from 'zod';
import { accessDecisionSchema } from '../primitives/access-decision';
import {
  doorOverrideSchema,
  lockdownSchema,
  overridePrioritySchema,
  overrideStateSchema,
} from '../primitives/door-overrides';
import { areaSchema, doorRulesSchema } from '../primitives/door-rules';
import {
  accessLevelIdSchema,
  areaIdSchema,
  doorIdSchema,
  groupIdSchema,
  lockdownIdSchema,
  personIdSchema,
  scheduleIdSchema,
  siteIdSchema,
} from '../primitives/ids';
import { holidayCalendarSchema, scheduleSchema } from '../primitives/schedule';
import {
  instantSchema,
  knownTimeZoneSchema,
  personNameSchema,
  placeNameSchema,
  timeZoneSchema,
} from '../primitives/scalars';

/** Why something was done, in the words of who did it; kept in the audit. */
export const auditReasonSchema = z.string().trim().min(3).max(500);

const kept = { createdAt: instantSchema, updatedAt: instantSchema };

/** Where it may be used: at one site, or, when null, in the whole organisation. */
const home = { siteId: siteIdSchema.nullable().default(null) };

export const siteSchema = z.object({
  id: siteIdSchema,
  name: placeNameSchema,
  /** IANA name; every schedule of the site's doors is read by its wall clock. */
  timeZone: timeZoneSchema,
  doorCount: z.int().nonnegative(),
  ...kept,
});
/** `GET /api/sites` */
export const siteListSchema = z.object({ items: z.array(siteSchema) });
/** `POST /api/sites` */
export const createSiteRequestSchema = z.object({ name: placeNameSchema, timeZone: knownTimeZoneSchema });
/** `PATCH /api/sites/{id}` */
export const updateSiteRequestSchema = createSiteRequestSchema.partial();

/** `POST` and `PUT /api/schedules` */
export const scheduleRequestSchema = scheduleSchema.omit({ id: true }).extend(home);
export const keptScheduleSchema = scheduleSchema.extend({ ...home, ...kept });
export const scheduleListSchema = z.object({ items: z.array(keptScheduleSchema) });

/** `POST` and `PUT /api/holiday-calendars` */
export const holidayCalendarRequestSchema = holidayCalendarSchema.omit({ id: true }).extend(home);
export const keptHolidayCalendarSchema = holidayCalendarSchema.extend({ ...home, ...kept });
export const holidayCalendarListSchema = z.object({ items: z.array(keptHolidayCalendarSchema) });

/** Doors that an access level leads through: also those that are added later, where it says all. */
export const levelDoorsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('site'), siteId: siteIdSchema }),
  z.object({ kind: z.literal('doors'), doorIds: z.array(doorIdSchema).min(1).max(2000) }),
]);

/** `POST` and `PUT /api/access-levels` */
export const accessLevelRequestSchema = z.object({
  name: placeNameSchema,
  ...home,
  entries: z.array(z.object({ doors: levelDoorsSchema, scheduleId: scheduleIdSchema })).max(64),
});
export const keptAccessLevelSchema = accessLevelRequestSchema.extend({ id: accessLevelIdSchema, ...kept });
export const accessLevelListSchema = z.object({ items: z.array(keptAccessLevelSchema) });

/** `POST` and `PUT /api/areas`; the site of an area never changes. */
export const areaRequestSchema = areaSchema.omit({ id: true });
export const keptAreaSchema = areaSchema.extend(kept);
export const areaListSchema = z.object({ items: z.array(keptAreaSchema) });

/** `GET` and `PUT /api/groups/{id}/access`: what membership of a group gives. */
export const groupAccessSchema = z.object({
  accessLevelIds: z.array(accessLevelIdSchema).max(128),
  /** Whether people who are added without saying which groups become members. */
  joinByDefault: z.boolean().default(false),
});

/** `PUT /api/doors/{id}/rules`; what is not named has its default. */
export const doorRulesRequestSchema = doorRulesSchema.omit({ siteId: true, timeZone: true });

/** `POST /api/lockdowns` */
export const lockdownRequestSchema = lockdownSchema.omit({ id: true, since: true, note: true }).extend({
  reason: auditReasonSchema,
});
export const keptLockdownSchema = lockdownSchema.extend({
  startedBy: z.string(),
  liftedAt: instantSchema.nullable(),
  liftedBy: z.string().nullable(),
});
/** `GET /api/lockdowns`: those in force, then the last hundred that were lifted. */
export const lockdownListSchema = z.object({ items: z.array(keptLockdownSchema) });
/** `POST /api/lockdowns/{id}/lift` */
export const liftLockdownRequestSchema = z.object({ reason: auditReasonSchema });

/** `PUT /api/doors/{id}/override` */
export const overrideRequestSchema = z
  .object({
    priority: overridePrioritySchema.default('operator'),
    state: overrideStateSchema,
    /** After how long the door returns to normal by itself; null: never, for an emergency alone. */
    forMs: z
      .int()
      .min(1_000)
      .max(7 * 86_400_000)
      .nullable(),
    reason: auditReasonSchema,
  })
  .refine(({ priority, state, forMs }) => priority === 'emergency' || state === 'normal' || forMs !== null, {
    path: ['forMs'],
    message: 'must be set for an operator',
  });
/** `GET /api/doors/{id}/rules` */
export const keptDoorRulesSchema = z.object({
  rules: doorRulesSchema,
  /** Those in force now. */
  overrides: z.array(doorOverrideSchema),
  lockdowns: z.array(lockdownSchema),
});

/** `GET /api/access/why`: may this person pass this door at this time, and why. */
export const whyQuerySchema = z.object({
  personId: personIdSchema,
  doorId: doorIdSchema,
  /** Now, when it is not given. */
  at: instantSchema.optional(),
});
const named = <T extends z.ZodType>(id: T) => z.object({ id, name: z.string() });
export const whySchema = z.object({
  person: z.object({ id: personIdSchema, name: personNameSchema }),
  door: z.object({ id: doorIdSchema, name: placeNameSchema }),
  at: instantSchema,
  timeZone: timeZoneSchema,
  decision: accessDecisionSchema,
  /** Names of everything that the steps speak of by id. */
  names: z.object({
    accessLevels: z.array(named(accessLevelIdSchema)),
    groups: z.array(named(groupIdSchema)),
    schedules: z.array(named(scheduleIdSchema)),
    areas: z.array(named(areaIdSchema)),
    doors: z.array(named(doorIdSchema)),
    lockdowns: z.array(named(lockdownIdSchema)),
  }),
});

/** `GET /api/access/times`: when a person may pass a door, as intervals of at most 31 days. */
export const passTimesQuerySchema = z.object({
  personId: personIdSchema,
  doorId: doorIdSchema,
  from: instantSchema,
  until: instantSchema,
});
export const passTimesSchema = z.object({
  timeZone: timeZoneSchema,
  intervals: z.array(z.object({ from: instantSchema, until: instantSchema })),
});

/** `GET /api/muster`: who is inside, by area, from each person's last passage. */
export const musterQuerySchema = z.object({ siteId: siteIdSchema });
export const musterSchema = z.object({
  at: instantSchema,
  areas: z.array(
    z.object({
      area: z.object({ id: areaIdSchema, name: placeNameSchema, occupancyMax: z.int().nullable() }),
      people: z.array(
        z.object({
          id: personIdSchema,
          name: z.string().nullable(),
          since: instantSchema,
          doorId: doorIdSchema,
        }),
      ),
    }),
  ),
});

/** `POST /api/areas/{id}/forgive`: forgets where these people are, or all of them when it names none. */
export const forgiveRequestSchema = z.object({
  personIds: z.array(personIdSchema).min(1).max(1000).nullable().default(null),
  reason: auditReasonSchema,
});

export type Site = z.infer<typeof siteSchema>;
export type CreateSiteRequest = z.infer<typeof createSiteRequestSchema>;
export type UpdateSiteRequest = z.infer<typeof updateSiteRequestSchema>;
export type ScheduleRequest = z.infer<typeof scheduleRequestSchema>;
export type HolidayCalendarRequest = z.infer<typeof holidayCalendarRequestSchema>;
export type AccessLevelRequest = z.infer<typeof accessLevelRequestSchema>;
export type AreaRequest = z.infer<typeof areaRequestSchema>;
export type LevelDoors = z.infer<typeof levelDoorsSchema>;
export type GroupAccess = z.infer<typeof groupAccessSchema>;
export type DoorRulesRequest = z.infer<typeof doorRulesRequestSchema>;
export type LockdownRequest = z.infer<typeof lockdownRequestSchema>;
export type OverrideRequest = z.infer<typeof overrideRequestSchema>;
export type WhyQuery = z.infer<typeof whyQuerySchema>;
export type Why = z.infer<typeof whySchema>;
export type PassTimesQuery = z.infer<typeof passTimesQuerySchema>;
export type ForgiveRequest = z.infer<typeof forgiveRequestSchema>;
