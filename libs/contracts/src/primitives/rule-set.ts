import * as z from 'zod';
import { accessLevelSchema, doorPersonSchema, groupSchema } from './access-level';
import { doorOverrideSchema, lockdownSchema } from './door-overrides';
import { areaSchema, doorRulesSchema } from './door-rules';
import { doorSettingsSchema } from './door-settings';
import { doorIdSchema } from './ids';
import { holidayCalendarSchema, scheduleSchema } from './schedule';

/** What the decision needs of a door's own settings. */
export const ruleDoorSchema = doorSettingsSchema
  .pick({ unlockMs: true, extendedUnlockMs: true })
  .extend({ id: doorIdSchema, rules: doorRulesSchema });

/** Everything that decides who may pass where and when: of a door, a site, or a whole organisation. */
export const ruleSetSchema = z.object({
  doors: z.array(ruleDoorSchema),
  areas: z.array(areaSchema),
  schedules: z.array(scheduleSchema),
  holidayCalendars: z.array(holidayCalendarSchema),
  accessLevels: z.array(accessLevelSchema),
  groups: z.array(groupSchema),
  people: z.array(doorPersonSchema),
  lockdowns: z.array(lockdownSchema),
  overrides: z.array(doorOverrideSchema),
});

export type RuleDoor = z.infer<typeof ruleDoorSchema>;
export type RuleSet = z.infer<typeof ruleSetSchema>;
