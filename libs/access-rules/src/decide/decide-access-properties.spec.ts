import type { RuleSet } from '@munjigi/contracts';
import fc from 'fast-check';
import { AccessRules } from '../rules/access-rules';
import { scheduleCovers } from '../schedule/schedule-questions';
import { arbitraryMemory, arbitraryRules } from '../testing/arbitrary-rules';
import { at, id, personOf } from '../testing/rule-fixture';
import { decideAccess } from './decide-access';
import type { AccessQuestion } from './question';

const LATER = '2026-10-26T00:00:00Z';
const START = at('2026-10-24T00:00:00Z');
/** A moment of the two days around the night in which Berlin's clocks are set back. */
const anyTime = fc.nat(2 * 1440).map((minute) => START + minute * 60_000);

interface Asked extends Omit<AccessQuestion, 'rules'> {
  readonly lists: RuleSet;
}

const asked: fc.Arbitrary<Asked> = anyTime.chain((atMs) =>
  fc.record({
    lists: arbitraryRules,
    doorId: fc.constant(id.door()),
    personId: fc.constant(id.person()),
    atMs: fc.constant(atMs),
    memory: arbitraryMemory(atMs),
    health: fc.record({ clockTrusted: fc.constant(true), rulesAgeMs: fc.constantFrom(null, 0, 61_000) }),
  }),
);

const isGranted = ({ lists, ...question }: Asked) =>
  decideAccess({ ...question, rules: new AccessRules(lists) }).outcome === 'granted';

/** Makes grants common enough to say something: a person in good standing at a door with few rules. */
const likely = asked.map((each) => ({
  ...each,
  lists: {
    ...each.lists,
    people: [personOf({ groupIds: [id.group(1), id.group(2)] }), ...each.lists.people.slice(1)],
  },
}));

describe('nothing outside a level', () => {
  it('is ever granted', () => {
    let granted = 0;
    fc.assert(
      fc.property(fc.oneof(asked, likely), (each) => {
        if (!isGranted(each)) return;
        granted += 1;
        expect(hasOpenLevel(each)).toBe(true);
      }),
      { numRuns: 1500 },
    );
    expect(granted).toBeGreaterThan(30);
  });
});

describe('a restriction', () => {
  type Restrict = (each: Asked) => Asked;
  const inLists =
    (change: (lists: RuleSet) => Partial<RuleSet>): Restrict =>
    (each) => ({ ...each, lists: { ...each.lists, ...change(each.lists) } });
  const ofDoor = (change: (rules: RuleSet['doors'][number]['rules']) => object) =>
    inLists(({ doors: [door, ...others] }) => ({
      doors: [{ ...door!, rules: { ...door!.rules, ...change(door!.rules) } }, ...others],
    }));
  const ofPeople = (change: (person: RuleSet['people'][number], index: number) => object) =>
    inLists(({ people }) => ({
      people: people.map((person, index) => ({ ...person, ...change(person, index) })),
    }));
  const ofAreas = (change: (area: RuleSet['areas'][number]) => object) =>
    inLists(({ areas }) => ({ areas: areas.map((area) => ({ ...area, ...change(area) })) }));

  const restrictions: Record<string, Restrict> = {
    'of somebody who is suspended': ofPeople(() => ({ status: 'suspended' })),
    'of a companion who is suspended': ofPeople((person, index) =>
      index === 1 ? { status: 'suspended' } : person,
    ),
    'of an earlier end': ofPeople(({ validUntil }) => ({
      validUntil: [validUntil ?? LATER, '2026-10-25T00:00:00Z'].sort()[0],
    })),
    'of a later beginning': ofPeople(({ validFrom }) => ({ validFrom: validFrom ?? '2026-10-24T20:00:00Z' })),
    'of groups taken away': ofPeople(({ groupIds }) => ({ groupIds: groupIds.slice(1) })),
    'of levels taken away': ofPeople(({ accessLevelIds }) => ({ accessLevelIds: accessLevelIds.slice(1) })),
    'of a level’s entries taken away': inLists(({ accessLevels: [first, second] }) => ({
      accessLevels: [{ ...first!, entries: first!.entries.slice(1) }, second!],
    })),
    'of a day off': inLists(({ schedules: [first, ...others] }) => ({
      schedules: [{ ...first!, exceptions: [{ date: '2026-10-25', intervals: [] }] }, ...others],
    })),
    'of a lockdown': inLists(() => ({
      lockdowns: [
        {
          id: id.lockdown(),
          scope: { kind: 'site', siteId: id.site() },
          exemptGroupIds: [id.group(2)],
          exemptPersonIds: [],
          since: '2026-10-24T00:00:00Z',
          note: '',
        },
      ],
    })),
    'of a block': inLists(() => ({
      overrides: [
        { doorId: id.door(), priority: 'operator', state: 'blocked', until: '2026-10-25T00:00:00Z' },
      ],
    })),
    'of two people, or one more': ofDoor(({ twoPerson }) => ({
      twoPerson: twoPerson
        ? { ...twoPerson, count: twoPerson.count + 1 }
        : { count: 2, withinMs: 60_000, approverGroupIds: null },
    })),
    'of an approver, in less time': ofDoor(({ twoPerson }) => ({
      twoPerson: twoPerson && { ...twoPerson, withinMs: 10_000, approverGroupIds: [id.group(2)] },
    })),
    'of a first person': ofDoor(({ firstPersonIn }) => ({
      firstPersonIn: firstPersonIn ?? { groupIds: [id.group(2)], scheduleId: null },
    })),
    'of an interlock': ofDoor(() => ({ interlockDoorIds: [id.door(2)] })),
    'of an offline limit': ofDoor(() => ({ offlineAgeMaxMs: 60_000, offlinePolicy: { kind: 'deny' } })),
    'of fewer people inside': ofAreas(() => ({ occupancyMax: 1 })),
    'of hard anti-passback': ofAreas(() => ({ antiPassback: { mode: 'hard', forgetAfterMs: null } })),
    'of a clock that is not trusted': (each) => ({
      ...each,
      health: { ...each.health, clockTrusted: false },
    }),
    'of a missing schedule': inLists(({ schedules }) => ({ schedules: schedules.slice(1) })),
    'of a missing schedule of the first person': inLists(({ schedules }) => ({
      schedules: schedules.slice(0, 2),
    })),
    'of missing holidays': inLists(() => ({ holidayCalendars: [] })),
    'of missing areas': inLists(() => ({ areas: [] })),
    'of missing groups': inLists(() => ({ groups: [] })),
    'of missing people': inLists(({ people }) => ({ people: people.slice(0, 1) })),
    'of an unknown time zone': ofDoor(() => ({ timeZone: 'Mars/Olympus' })),
  };

  it.each(Object.entries(restrictions))('%s never turns a denial into a grant', (_, restrict) => {
    let granted = 0;
    fc.assert(
      fc.property(fc.oneof(asked, likely), (each) => {
        const [before, after] = [isGranted(each), isGranted(restrict(each))];
        if (after) expect(before).toBe(true);
        if (before) granted += 1;
      }),
      { numRuns: 300 },
    );
    expect(granted).toBeGreaterThan(0);
  });
});

/** By the raw lists alone. */
function hasOpenLevel({ lists, personId, doorId, atMs }: Asked): boolean {
  const person = lists.people.find((each) => each.id === personId)!;
  const { timeZone } = lists.doors.find((each) => each.id === doorId)!.rules;
  const ids = lists.groups
    .filter((group) => person.groupIds.includes(group.id))
    .flatMap((group) => group.accessLevelIds);
  const levels = lists.accessLevels.filter((level) => [...person.accessLevelIds, ...ids].includes(level.id));
  return levels
    .flatMap(({ entries }) => entries)
    .filter(({ doorIds }) => doorIds.includes(doorId))
    .some(({ scheduleId }) => {
      const schedule = lists.schedules.find((each) => each.id === scheduleId);
      return !!schedule && scheduleCovers({ schedule, calendars: lists.holidayCalendars, timeZone }, atMs);
    });
}
