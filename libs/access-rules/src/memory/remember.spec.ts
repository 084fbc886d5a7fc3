import type { RuleSet } from '@munjigi/contracts';
import fc from 'fast-check';
import { AccessRules } from '../rules/access-rules';
import { areaOf, doorOf, guardOf, id, personOf, ruleSet } from '../testing/rule-fixture';
import { EMPTY_MEMORY, muster, restoreMemory, UNKNOWN_DOOR, type AccessMemory } from './memory';
import { remember, rememberAll, type MemoryEvent } from './remember';

const [kim, lee, park] = [id.person(), id.person(2), id.person(3)];
const entrance = doorOf({
  toAreaId: id.area(),
  firstPersonIn: { groupIds: [id.group(2)], scheduleId: null },
});
const exit = doorOf({ fromAreaId: id.area() }, id.door(2));
const inner = doorOf({ fromAreaId: id.area(), toAreaId: id.area(2) }, id.door(3));
const rulesOf = (change: Partial<RuleSet> = {}) =>
  new AccessRules(
    ruleSet({
      doors: [entrance, exit, inner],
      areas: [areaOf(), areaOf({ id: id.area(2) })],
      people: [personOf(), personOf({ id: lee }), guardOf()],
      ...change,
    }),
  );
const after = (events: readonly MemoryEvent[], memory: AccessMemory = EMPTY_MEMORY) =>
  rememberAll(memory, events, rulesOf());
const passed = (doorId: typeof entrance.id, atMs: number, ...personIds: (typeof kim)[]): MemoryEvent => ({
  kind: 'passed',
  atMs,
  doorId,
  personIds,
});
const decided = (personId: typeof kim, atMs: number, granted = false): MemoryEvent => ({
  kind: 'decided',
  atMs,
  doorId: entrance.id,
  personId,
  outcome: granted ? 'granted' : 'denied',
  reason: granted ? 'matched' : 'two-person-pending',
});
const peopleIn = (memory: AccessMemory, areaId: ReturnType<typeof id.area> | null) =>
  (muster(memory).get(areaId) ?? []).map(({ personId }) => personId);

describe('who passes', () => {
  it('is where the door leads, in the order in which they came', () => {
    const memory = after([
      passed(entrance.id, 200, lee),
      passed(entrance.id, 100, kim, park),
      passed(inner.id, 300, park),
      passed(exit.id, 400, lee),
    ]);
    expect(peopleIn(memory, id.area())).toEqual([kim]);
    expect(peopleIn(memory, id.area(2))).toEqual([park]);
    expect(peopleIn(memory, null)).toEqual([lee]);
    expect(memory.occupancy.get(id.area())).toBe(1);
    expect(memory.occupancy.get(id.area(2))).toBe(1);
  });

  it('is where their latest pass led, in whatever order the doors tell of it', () => {
    const memory = after([passed(exit.id, 300, kim), passed(entrance.id, 200, kim)]);
    expect(peopleIn(memory, null)).toEqual([kim]);
    expect(memory.occupancy.get(id.area()) ?? 0).toBe(0);
  });

  it('is nowhere by a door that is not known', () => {
    expect(after([passed(id.door(9), 100, kim)])).toEqual(EMPTY_MEMORY);
  });

  it('is the first person of the day only where they may be', () => {
    expect(after([passed(entrance.id, 100, kim)]).doors.get(entrance.id)).toBeUndefined();
    const memory = after([passed(entrance.id, 100, kim, park), passed(exit.id, 900, park)]);
    expect(memory.doors.get(entrance.id)?.firstPersonAtMs).toBe(100);
    expect(memory.doors.get(exit.id)).toBeUndefined();
    expect(after([passed(entrance.id, 50, park)], memory).doors.get(entrance.id)?.firstPersonAtMs).toBe(100);
  });
});

describe('who waits for others', () => {
  it('is remembered once, with their latest time, and forgotten with the grant', () => {
    const waiting = after([decided(kim, 100), decided(lee, 200), decided(kim, 300)]);
    expect(waiting.doors.get(entrance.id)?.presented).toEqual([
      { personId: lee, atMs: 200 },
      { personId: kim, atMs: 300 },
    ]);
    expect(after([decided(park, 400, true)], waiting).doors.get(entrance.id)?.presented).toEqual([]);
  });

  it('is not who was denied for another reason', () => {
    const denied = { ...decided(kim, 100), reason: 'expired' } as MemoryEvent;
    expect(after([denied])).toEqual(EMPTY_MEMORY);
  });

  it('are eight at most, the newest', () => {
    const events = Array.from({ length: 20 }, (_, index) => decided(id.person(index + 1), index));
    const presented = after(events).doors.get(entrance.id)?.presented ?? [];
    expect(presented.map(({ atMs }) => atMs)).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
  });
});

describe('a door', () => {
  it('is open, closed, or unknown again', () => {
    const position = (open: boolean | null): MemoryEvent => ({
      kind: 'door-position',
      doorId: exit.id,
      open,
    });
    expect(after([position(true)]).doors.get(exit.id)).toEqual({ ...UNKNOWN_DOOR, open: true });
    expect(after([position(true), position(null)]).doors.get(exit.id)?.open).toBeNull();
  });
});

describe('who is forgiven', () => {
  const inside = after([passed(entrance.id, 100, kim, lee), passed(inner.id, 200, lee)]);
  const forgivenAfter = (who: Extract<MemoryEvent, { kind: 'forgiven' }>['who']) =>
    [kim, lee].filter((each) => after([{ kind: 'forgiven', who }], inside).whereabouts.get(each)?.forgiven);

  it('is everybody, some people, or those of an area', () => {
    expect(forgivenAfter({ kind: 'everybody' })).toEqual([kim, lee]);
    expect(forgivenAfter({ kind: 'people', personIds: [lee, park] })).toEqual([lee]);
    expect(forgivenAfter({ kind: 'area', areaId: id.area() })).toEqual([kim]);
  });

  it('stays where they are, until their next pass', () => {
    const forgiven = after([{ kind: 'forgiven', who: { kind: 'everybody' } }], inside);
    expect(muster(forgiven)).toEqual(muster(inside));
    const gone = after([passed(exit.id, 300, kim)], forgiven);
    expect(gone.whereabouts.get(kim)).toEqual({ areaId: null, sinceMs: 300, forgiven: false });
  });
});

describe('who is erased', () => {
  it('leaves no trace', () => {
    const memory = after([passed(entrance.id, 100, kim, lee), decided(kim, 200), decided(lee, 300)]);
    const rest = after([{ kind: 'erased', personId: kim }], memory);
    expect([...rest.whereabouts].map(([personId]) => personId)).toEqual([lee]);
    expect(rest.occupancy.get(id.area())).toBe(1);
    expect(rest.doors.get(entrance.id)?.presented).toEqual([{ personId: lee, atMs: 300 }]);
  });
});

describe('a memory', () => {
  const anyPerson = fc.constantFrom(kim, lee, park);
  const anyDoor = fc.constantFrom(entrance.id, exit.id, inner.id);
  const anyEvent: fc.Arbitrary<MemoryEvent> = fc.oneof(
    fc
      .tuple(anyDoor, fc.nat(1000), fc.uniqueArray(anyPerson, { maxLength: 3 }))
      .map(([doorId, atMs, personIds]) => passed(doorId, atMs, ...personIds)),
    fc.tuple(anyPerson, fc.nat(1000), fc.boolean()).map((args) => decided(...args)),
    fc.record({ kind: fc.constant('door-position' as const), doorId: anyDoor, open: fc.boolean() }),
    fc.constant<MemoryEvent>({ kind: 'forgiven', who: { kind: 'everybody' } }),
    fc.record({ kind: fc.constant('erased' as const), personId: anyPerson }),
  );

  it('is never changed in place, and is the same by one event at a time as by all, and when restored', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 20 }), anyEvent, (events, last) => {
        const rules = rulesOf();
        const memory = rememberAll(EMPTY_MEMORY, events, rules);
        const before = structuredClone(memory);
        const next = remember(memory, last, rules);
        expect(memory).toEqual(before);
        expect(next).toEqual(rememberAll(EMPTY_MEMORY, [...events, last], rules));
        const restored = restoreMemory(next.whereabouts, next.doors);
        for (const areaId of [id.area(), id.area(2)]) {
          expect(next.occupancy.get(areaId) ?? 0).toBe(restored.occupancy.get(areaId) ?? 0);
          expect(restored.occupancy.get(areaId) ?? 0).toBe(peopleIn(next, areaId).length);
        }
      }),
    );
    expect(EMPTY_MEMORY.whereabouts.size + EMPTY_MEMORY.occupancy.size + EMPTY_MEMORY.doors.size).toBe(0);
  });
});
