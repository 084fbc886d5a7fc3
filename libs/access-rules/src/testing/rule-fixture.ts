import type {
  AccessLevelId,
  Area,
  AreaId,
  DoorId,
  DoorPerson,
  DoorRules,
  GroupId,
  HolidayCalendarId,
  LockdownId,
  PersonId,
  RuleSet,
  Schedule,
  ScheduleId,
  SiteId,
  TimeInterval,
  Week,
} from '@munjigi/contracts';

const uuid = (kind: number, number: number) =>
  `0198c2f0-7a3b-7c11-8a4${kind.toString(16)}-${number.toString(16).padStart(12, '0')}`;

/** Ids by small numbers, the same in every test. */
export const id = {
  site: (number = 1) => uuid(0, number) as SiteId,
  door: (number = 1) => uuid(1, number) as DoorId,
  person: (number = 1) => uuid(2, number) as PersonId,
  group: (number = 1) => uuid(3, number) as GroupId,
  level: (number = 1) => uuid(4, number) as AccessLevelId,
  schedule: (number = 1) => uuid(5, number) as ScheduleId,
  calendar: (number = 1) => uuid(6, number) as HolidayCalendarId,
  area: (number = 1) => uuid(7, number) as AreaId,
  lockdown: (number = 1) => uuid(8, number) as LockdownId,
};

/** `'09:00-12:00 13:00-18:00'` as intervals; an empty text is none. */
export function hours(text: string): TimeInterval[] {
  if (text === '') return [];
  return text.split(' ').map((part) => {
    const [from = '', to = ''] = part.split('-');
    return { from, to };
  });
}

/** The same hours from Monday to Friday, and others at the weekend. */
export function week(workday: string, weekend = ''): Week {
  const [work, free] = [hours(workday), hours(weekend)];
  return {
    monday: work,
    tuesday: work,
    wednesday: work,
    thursday: work,
    friday: work,
    saturday: free,
    sunday: free,
  };
}

/** A schedule that is open from 09:00 to 18:00 on working days. */
export function scheduleOf(change: Partial<Schedule> = {}): Schedule {
  return {
    id: id.schedule(),
    name: 'Office hours',
    weekly: week('09:00-18:00'),
    holiday: null,
    holidayCalendarIds: [],
    exceptions: [],
    ...change,
  };
}

/** A door of the first site with no rule of its own. */
export function doorOf(rules: Partial<DoorRules> = {}, doorId = id.door()): RuleSet['doors'][number] {
  return {
    id: doorId,
    unlockMs: 5_000,
    extendedUnlockMs: 15_000,
    rules: {
      siteId: id.site(),
      timeZone: 'Europe/Berlin',
      fromAreaId: null,
      toAreaId: null,
      twoPerson: null,
      firstPersonIn: null,
      interlockDoorIds: [],
      unlockScheduleId: null,
      offlineAgeMaxMs: null,
      offlinePolicy: { kind: 'deny' },
      ...rules,
    },
  };
}

/** Somebody of the first group. */
export function personOf(change: Partial<DoorPerson> = {}): DoorPerson {
  return {
    id: id.person(),
    name: 'Kim',
    status: 'active',
    validFrom: null,
    validUntil: null,
    groupIds: [id.group()],
    accessLevelIds: [],
    extendedTime: false,
    ...change,
  };
}

/** An area without limits. */
export function areaOf(change: Partial<Area> = {}): Area {
  return {
    id: id.area(),
    siteId: id.site(),
    name: 'Laboratory',
    occupancyMax: null,
    antiPassback: { mode: 'off', forgetAfterMs: null },
    ...change,
  };
}

/** The first person passes the first door in office hours, by the first group's level; the second level is open always. */
export function ruleSet(change: Partial<RuleSet> = {}): RuleSet {
  const always = scheduleOf({
    id: id.schedule(2),
    name: 'Always',
    weekly: week('00:00-24:00', '00:00-24:00'),
  });
  return {
    doors: [doorOf()],
    areas: [],
    schedules: [scheduleOf(), always],
    holidayCalendars: [],
    accessLevels: [
      {
        id: id.level(),
        name: 'Office',
        entries: [{ doorIds: [id.door(), id.door(2)], scheduleId: id.schedule() }],
      },
      {
        id: id.level(2),
        name: 'Everywhere',
        entries: [{ doorIds: [id.door(), id.door(2)], scheduleId: id.schedule(2) }],
      },
    ],
    groups: [
      { id: id.group(), name: 'Staff', accessLevelIds: [id.level()] },
      { id: id.group(2), name: 'Guards', accessLevelIds: [id.level(2)] },
    ],
    people: [personOf(), personOf({ id: id.person(2), name: 'Lee' }), guardOf()],
    lockdowns: [],
    overrides: [],
    ...change,
  };
}

/** The third person, one of the second group. */
export function guardOf(change: Partial<DoorPerson> = {}): DoorPerson {
  return personOf({ id: id.person(3), name: 'Park', groupIds: [id.group(2)], ...change });
}

/** ms since 1970 of an instant. */
export function at(instant: string): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new Error(`${instant} is no instant.`);
  return ms;
}
