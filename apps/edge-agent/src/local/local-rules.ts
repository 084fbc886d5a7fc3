import type {
  AccessLevelId,
  DoorId,
  DoorPerson,
  DoorSettings,
  PersonId,
  RuleSet,
  ScheduleId,
  SiteId,
} from '@munjigi/contracts';
import type { StoredRules } from '../ports/event-store';
import type { LocalPerson } from '../ports/local-store';

/** Of no server: these name what is here alone. */
const LEVEL_ID = '0199f000-0000-7000-8000-000000000001' as AccessLevelId;
const SCHEDULE_ID = '0199f000-0000-7000-8000-000000000002' as ScheduleId;
const SITE_ID = '0199f000-0000-7000-8000-000000000003' as SiteId;

const ALL_DAY = [{ from: '00:00', to: '24:00' }];
const ALWAYS: RuleSet['schedules'][number] = {
  ...{ id: SCHEDULE_ID, name: 'Always', holiday: null, holidayCalendarIds: [], exceptions: [] },
  weekly: {
    ...{ monday: ALL_DAY, tuesday: ALL_DAY, wednesday: ALL_DAY, thursday: ALL_DAY },
    ...{ friday: ALL_DAY, saturday: ALL_DAY, sunday: ALL_DAY },
  },
};

/** A door's rules with which the local people pass it at any time within their dates; all else is as it was. */
export function withLocalLevel(rules: StoredRules, doorId: DoorId): StoredRules {
  const level = { id: LEVEL_ID, name: 'Local', entries: [{ doorIds: [doorId], scheduleId: SCHEDULE_ID }] };
  return {
    ...rules,
    schedules: [...rules.schedules, ALWAYS],
    accessLevels: [...rules.accessLevels, level],
  };
}

/** The rules of a door that no server has given any: none but its own settings. */
export function rulesOfLoneDoor(
  doorId: DoorId,
  { unlockMs, extendedUnlockMs }: Pick<DoorSettings, 'unlockMs' | 'extendedUnlockMs'>,
  timeZone: string,
): StoredRules {
  const rules = {
    ...{ siteId: SITE_ID, timeZone, fromAreaId: null, toAreaId: null, twoPerson: null, firstPersonIn: null },
    ...{ interlockDoorIds: [], unlockScheduleId: null, offlineAgeMaxMs: null },
    offlinePolicy: { kind: 'deny' as const },
  };
  return {
    doors: [{ id: doorId, unlockMs, extendedUnlockMs, rules }],
    ...{ areas: [], schedules: [], holidayCalendars: [], accessLevels: [], groups: [] },
    ...{ lockdowns: [], overrides: [] },
  };
}

/** A local person as the access rules know people. */
export function asDoorPerson({ id, name, validFrom, validUntil, passes }: LocalPerson): DoorPerson {
  return {
    ...{ id: id as PersonId, name, status: 'active' as const, validFrom, validUntil },
    ...{ groupIds: [], accessLevelIds: passes ? [LEVEL_ID] : [], extendedTime: false },
  };
}

/** Somebody whom a server without access rules let through whenever they are recognised. */
export function asEverAllowed(person: DoorPerson): DoorPerson {
  return { ...person, accessLevelIds: [...person.accessLevelIds, LEVEL_ID] };
}
