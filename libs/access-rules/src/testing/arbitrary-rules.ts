import type {
  AccessLevel,
  Area,
  DoorPerson,
  DoorRules,
  Group,
  HolidayCalendar,
  RuleSet,
  Schedule,
  TimeInterval,
} from '@munjigi/contracts';
import fc from 'fast-check';
import { restoreMemory, type AccessMemory, type DoorMemory } from '../memory/memory';
import { doorOf, id } from './rule-fixture';

const timeOfDay = fc
  .integer({ min: 0, max: 1440 })
  .map((minute) =>
    [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
  );

const interval: fc.Arbitrary<TimeInterval> = fc
  .tuple(timeOfDay, timeOfDay)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

/** A day's hours: none, all, or some that may overlap. */
const dayHours = fc.oneof(
  { weight: 1, arbitrary: fc.constant<TimeInterval[]>([]) },
  { weight: 1, arbitrary: fc.constant<TimeInterval[]>([{ from: '00:00', to: '24:00' }]) },
  { weight: 4, arbitrary: fc.array(interval, { minLength: 1, maxLength: 4 }) },
);

const date = fc.constantFrom(
  '2026-03-08',
  '2026-03-28',
  '2026-03-29',
  '2026-04-24',
  '2026-10-25',
  '2026-11-01',
  '2028-02-29',
);

/** Any schedule, with and without holidays of the first calendar, and exceptions on days that are special. */
export const arbitrarySchedule: fc.Arbitrary<Schedule> = fc.record({
  id: fc.constant(id.schedule()),
  name: fc.constant('Any'),
  weekly: fc.record({
    monday: dayHours,
    tuesday: dayHours,
    wednesday: dayHours,
    thursday: dayHours,
    friday: dayHours,
    saturday: dayHours,
    sunday: dayHours,
  }),
  holiday: fc.option(dayHours),
  holidayCalendarIds: fc.constantFrom([], [id.calendar()]),
  exceptions: fc.uniqueArray(fc.record({ date, intervals: dayHours }), {
    maxLength: 3,
    selector: (exception) => exception.date,
  }),
});

const someOf = <T>(...items: T[]) => fc.subarray(items);
const groupIds = someOf(id.group(1), id.group(2));
const levelIds = someOf(id.level(1), id.level(2));
const validity = fc.option(fc.constantFrom('2026-10-24T12:00:00Z', '2026-10-25T00:30:00Z'), { freq: 3 });

const person = (number: number): fc.Arbitrary<DoorPerson> =>
  fc.record({
    id: fc.constant(id.person(number)),
    name: fc.constant('Anybody'),
    status: fc.constantFrom('active', 'active', 'active', 'suspended', 'blocked'),
    validFrom: validity,
    validUntil: validity,
    groupIds,
    accessLevelIds: levelIds,
    extendedTime: fc.boolean(),
  });

const level = (number: number): fc.Arbitrary<AccessLevel> =>
  fc.record({
    id: fc.constant(id.level(number)),
    name: fc.constant('Some doors'),
    entries: fc.array(
      fc.record({
        doorIds: fc.subarray([id.door(1), id.door(2)], { minLength: 1 }),
        scheduleId: fc.constantFrom(id.schedule(1), id.schedule(2), id.schedule(9)),
      }),
      { maxLength: 3 },
    ),
  });

const group = (number: number): fc.Arbitrary<Group> =>
  fc.record({
    id: fc.constant(id.group(number)),
    name: fc.constant('Some people'),
    accessLevelIds: levelIds,
  });

const area = (number: number): fc.Arbitrary<Area> =>
  fc.record({
    id: fc.constant(id.area(number)),
    siteId: fc.constant(id.site()),
    name: fc.constant('Somewhere'),
    occupancyMax: fc.option(fc.integer({ min: 1, max: 4 })),
    antiPassback: fc.record({
      mode: fc.constantFrom('off', 'soft', 'hard'),
      forgetAfterMs: fc.option(fc.constantFrom(60_000, 3_600_000)),
    }),
  });

const areaId = fc.option(fc.constantFrom(id.area(1), id.area(2)));

/** The first door with any of its rules, each as likely absent. Its first-person rule has a schedule of its own. */
const doorRules: fc.Arbitrary<DoorRules> = fc.record({
  siteId: fc.constant(id.site()),
  timeZone: fc.constantFrom('Europe/Berlin', 'Asia/Seoul', 'America/New_York'),
  fromAreaId: areaId,
  toAreaId: areaId,
  twoPerson: fc.option(
    fc.record({
      count: fc.constantFrom(2, 3),
      withinMs: fc.constantFrom(10_000, 60_000),
      approverGroupIds: fc.option(fc.constant([id.group(2)])),
    }),
    { freq: 1 },
  ),
  firstPersonIn: fc.option(
    fc.record({ groupIds: fc.constant([id.group(1)]), scheduleId: fc.constantFrom(null, id.schedule(3)) }),
    { freq: 1 },
  ),
  interlockDoorIds: fc.constantFrom([], [], [id.door(2)]),
  unlockScheduleId: fc.constantFrom(null, id.schedule(2)),
  offlineAgeMaxMs: fc.constantFrom(null, 60_000),
  offlinePolicy: fc.constantFrom<DoorRules['offlinePolicy'][]>(
    { kind: 'deny' },
    { kind: 'groups', groupIds: [id.group(2)] },
  ),
});

const holidayCalendar: fc.Arbitrary<HolidayCalendar> = fc.constant({
  id: id.calendar(),
  name: 'Holidays',
  days: [{ name: 'Sunday', date: '2026-10-25', lastDate: null, yearly: false }],
});

/** Two doors, three people, two groups, two levels, two areas, three schedules, and whatever they may say of one another. */
export const arbitraryRules: fc.Arbitrary<RuleSet> = fc.record({
  doors: doorRules.map((rules) => [doorOf(rules), doorOf({}, id.door(2))]),
  areas: fc.tuple(area(1), area(2)),
  schedules: fc.tuple(
    arbitrarySchedule,
    arbitrarySchedule.map((schedule) => ({ ...schedule, id: id.schedule(2) })),
    arbitrarySchedule.map((schedule) => ({ ...schedule, id: id.schedule(3), holiday: null })),
  ),
  holidayCalendars: holidayCalendar.map((calendar) => [calendar]),
  accessLevels: fc.tuple(level(1), level(2)),
  groups: fc.tuple(group(1), group(2)),
  people: fc.tuple(person(1), person(2), person(3)),
  lockdowns: fc.constant([]),
  overrides: fc.constant([]),
});

/** What may be remembered of them at a time. */
export function arbitraryMemory(atMs: number): fc.Arbitrary<AccessMemory> {
  const before = (maxMs: number) => fc.nat(maxMs).map((agoMs) => atMs - agoMs);
  const people = fc.subarray([id.person(1), id.person(2), id.person(3)]);
  const whereabouts = fc.record({ areaId, sinceMs: before(7_200_000), forgiven: fc.boolean() });
  const presented = fc.array(
    fc.record({ personId: fc.constantFrom(id.person(2), id.person(3)), atMs: before(70_000) }),
    { maxLength: 4 },
  );
  const door: fc.Arbitrary<DoorMemory> = fc.record({
    open: fc.option(fc.boolean()),
    firstPersonAtMs: fc.option(before(100_000_000)),
    presented,
  });
  return fc
    .tuple(people, fc.tuple(whereabouts, whereabouts, whereabouts), fc.tuple(door, door))
    .map(([seen, where, doors]) =>
      restoreMemory(
        seen.map((personId, index) => [personId, where[index]!] as const),
        doors.map((memory, index) => [id.door(index + 1), memory] as const),
      ),
    );
}
