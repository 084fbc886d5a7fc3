import type {
  AccessLevel,
  AccessLevelId,
  Area,
  AreaId,
  DoorId,
  DoorOverride,
  DoorPerson,
  Group,
  GroupId,
  HolidayCalendar,
  HolidayCalendarId,
  Lockdown,
  PersonId,
  RuleDoor,
  RuleSet,
  Schedule,
  ScheduleId,
} from '@munjigi/contracts';
import { ZonedSchedule } from '../schedule/zoned-schedule';
import { instantMs } from '../time/day';
import { TimeZone } from '../time/time-zone';

/** The lists that rules are made of. People may come as a map, which is then read as it is at each question. */
export type RuleLists = { readonly [List in Exclude<keyof RuleSet, 'people'>]: Readonly<RuleSet[List]> } & {
  readonly people: readonly DoorPerson[] | ReadonlyMap<PersonId, DoorPerson>;
};

/** A way through a door: an access level that a person has, and one of its schedules at that door. */
export interface Grant {
  readonly accessLevelId: AccessLevelId;
  /** The group by which the person has the level; null: their own. */
  readonly groupId: GroupId | null;
  readonly scheduleId: ScheduleId;
}

/**
 * The access rules, ready to be asked; made once from lists, and not changed after.
 *
 * Whatever an entry names that is not in the lists is absent, and gives nobody anything.
 */
export class AccessRules {
  readonly people: ReadonlyMap<PersonId, DoorPerson>;
  readonly doors: ReadonlyMap<DoorId, RuleDoor>;
  readonly areas: ReadonlyMap<AreaId, Area>;
  readonly #lockdowns: readonly Lockdown[];
  readonly #overrides: readonly DoorOverride[];
  readonly #schedules: ReadonlyMap<ScheduleId, Schedule>;
  readonly #calendars: ReadonlyMap<HolidayCalendarId, HolidayCalendar>;
  readonly #levels: ReadonlyMap<AccessLevelId, AccessLevel>;
  readonly #groups: ReadonlyMap<GroupId, Group>;
  readonly #schedulesAt: ReadonlyMap<DoorId, ReadonlyMap<AccessLevelId, readonly ScheduleId[]>>;
  // Filled as they are first asked for: a door needs few of an organisation's schedules.
  readonly #zones = new Map<string, TimeZone | null>();
  readonly #zoned = new Map<string, ZonedSchedule>();

  constructor(lists: RuleLists) {
    this.people = isMap(lists.people) ? lists.people : byId(lists.people);
    this.doors = byId(lists.doors);
    this.areas = byId(lists.areas);
    this.#lockdowns = lists.lockdowns;
    this.#overrides = lists.overrides;
    this.#schedules = byId(lists.schedules);
    this.#calendars = byId(lists.holidayCalendars);
    this.#levels = byId(lists.accessLevels);
    this.#groups = byId(lists.groups);
    this.#schedulesAt = schedulesByDoor(lists.accessLevels);
  }

  /** The wall clock of a door's site; null when the door or its time zone is unknown. */
  zoneOf(doorId: DoorId): TimeZone | null {
    const name = this.doors.get(doorId)?.rules.timeZone;
    if (name === undefined) return null;
    const known = this.#zones.get(name);
    if (known !== undefined) return known;
    const zone = TimeZone.open(name);
    this.#zones.set(name, zone);
    return zone;
  }

  /** A schedule by the wall clock of a door; null when the schedule, the door or its time zone is unknown. */
  scheduleAt(doorId: DoorId, scheduleId: ScheduleId): ZonedSchedule | null {
    const zone = this.zoneOf(doorId);
    const schedule = this.#schedules.get(scheduleId);
    if (!zone || !schedule) return null;
    const key = `${zone.name} ${scheduleId}`;
    let zoned = this.#zoned.get(key);
    if (!zoned) {
      zoned = new ZonedSchedule(schedule, this.#calendars, zone);
      this.#zoned.set(key, zoned);
    }
    return zoned;
  }

  /** The person's ways through one door: first by levels of their own, then by groups. */
  grantsAt(person: DoorPerson, doorId: DoorId): Grant[] {
    const schedulesOf = this.#schedulesAt.get(doorId);
    if (!schedulesOf) return [];
    const grants: Grant[] = [];
    for (const [accessLevelId, groupId] of this.#levelsOf(person)) {
      for (const scheduleId of schedulesOf.get(accessLevelId) ?? []) {
        grants.push({ accessLevelId, groupId, scheduleId });
      }
    }
    return grants;
  }

  /** Every way that the person has, by door, whatever the time. */
  doorsOf(personId: PersonId): ReadonlyMap<DoorId, readonly Grant[]> {
    const doors = new Map<DoorId, Grant[]>();
    const person = this.people.get(personId);
    if (!person) return doors;
    for (const [accessLevelId, groupId] of this.#levelsOf(person)) {
      for (const { doorIds, scheduleId } of this.#levels.get(accessLevelId)?.entries ?? []) {
        for (const doorId of doorIds) {
          const grants = doors.get(doorId);
          if (grants) grants.push({ accessLevelId, groupId, scheduleId });
          else doors.set(doorId, [{ accessLevelId, groupId, scheduleId }]);
        }
      }
    }
    return doors;
  }

  /**
   * Whom a door must know: everybody with a way through it whose validity has not ended by `atMs`.
   *
   * Who is suspended or blocked is among them, so that the door can say whom it turned away; so is who is not valid
   * yet, so that no change is needed on the day.
   */
  peopleWithLiveRule(doorId: DoorId, atMs: number): PersonId[] {
    const levels = this.#schedulesAt.get(doorId);
    const found: PersonId[] = [];
    if (!levels) return found;
    const leadsHere = (id: AccessLevelId) => levels.has(id);
    const groups = [...this.#groups.values()].filter(({ accessLevelIds }) => accessLevelIds.some(leadsHere));
    const groupIds = new Set(groups.map(({ id }) => id));
    for (const person of this.people.values()) {
      if (person.validUntil !== null && instantMs(person.validUntil) <= atMs) continue;
      const has = person.accessLevelIds.some(leadsHere) || person.groupIds.some((id) => groupIds.has(id));
      if (has) found.push(person.id);
    }
    return found;
  }

  /** The lockdowns that are in force at a door, in the order of the lists. */
  lockdownsAt(doorId: DoorId): Lockdown[] {
    const siteId = this.doors.get(doorId)?.rules.siteId;
    return this.#lockdowns.filter(({ scope }) =>
      scope.kind === 'site' ? scope.siteId === siteId : scope.doorIds.includes(doorId),
    );
  }

  /** The overrides of a door, whether or not their time has passed. */
  overridesAt(doorId: DoorId): DoorOverride[] {
    return this.#overrides.filter((override) => override.doorId === doorId);
  }

  #levelsOf(person: DoorPerson): Map<AccessLevelId, GroupId | null> {
    const levels = new Map<AccessLevelId, GroupId | null>(person.accessLevelIds.map((id) => [id, null]));
    for (const groupId of person.groupIds) {
      for (const id of this.#groups.get(groupId)?.accessLevelIds ?? []) {
        if (!levels.has(id)) levels.set(id, groupId);
      }
    }
    return levels;
  }
}

function byId<Id, Item extends { readonly id: Id }>(items: readonly Item[]): Map<Item['id'], Item> {
  return new Map(items.map((item) => [item.id, item]));
}

function isMap(people: RuleLists['people']): people is ReadonlyMap<PersonId, DoorPerson> {
  return !Array.isArray(people);
}

function schedulesByDoor(
  levels: readonly AccessLevel[],
): ReadonlyMap<DoorId, ReadonlyMap<AccessLevelId, readonly ScheduleId[]>> {
  const doors = new Map<DoorId, Map<AccessLevelId, ScheduleId[]>>();
  for (const { id, entries } of levels) {
    for (const { doorIds, scheduleId } of entries) {
      for (const doorId of doorIds) {
        const levelsAt = doors.get(doorId) ?? new Map<AccessLevelId, ScheduleId[]>();
        doors.set(doorId, levelsAt);
        const schedules = levelsAt.get(id);
        if (schedules) schedules.push(scheduleId);
        else levelsAt.set(id, [scheduleId]);
      }
    }
  }
  return doors;
}
