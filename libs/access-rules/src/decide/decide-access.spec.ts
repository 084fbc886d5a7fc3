import { accessDecisionSchema, type RuleSet } from '@munjigi/contracts';
import { HEALTHY } from '../health';
import { EMPTY_MEMORY, restoreMemory, type AccessMemory } from '../memory/memory';
import { questionOf } from '../testing/ask';
import {
  areaOf,
  at,
  doorOf,
  guardOf,
  id,
  personOf,
  ruleSet,
  scheduleOf,
  week,
} from '../testing/rule-fixture';
import { decideAccess } from './decide-access';
import type { AccessQuestion } from './question';

const reasonOf = (rules: Partial<RuleSet> = {}, change: Partial<AccessQuestion> = {}) =>
  decideAccess(questionOf(rules, change)).reason;
const person = (change: Parameters<typeof personOf>[0]) => ({ people: [personOf(change), guardOf()] });

describe('a person who may pass', () => {
  it('passes, with every check passed and the level that let them', () => {
    const decision = decideAccess(questionOf());
    expect(decision).toMatchObject({
      outcome: 'granted',
      reason: 'matched',
      accessLevelId: id.level(),
      personIds: [id.person()],
      unlockMs: 5_000,
    });
    expect(decision.steps.map(({ check }) => check)).toEqual([
      'rules',
      'clock',
      'offline',
      'status',
      'validity',
      'lockdown',
      'door-mode',
      'access-level',
      'first-person',
      'anti-passback',
      'occupancy',
      'interlock',
      'two-person',
    ]);
    expect(decision.steps.filter(({ passed, reason }) => !passed || reason !== null)).toEqual([]);
    expect(accessDecisionSchema.parse(decision)).toEqual(decision);
  });

  it('passes by a level of their own', () => {
    const { people } = person({ groupIds: [], accessLevelIds: [id.level(2)] });
    expect(decideAccess(questionOf({ people })).accessLevelId).toBe(id.level(2));
  });

  it('has longer where they need it, and never less', () => {
    const { people } = person({ extendedTime: true });
    expect(decideAccess(questionOf({ people })).unlockMs).toBe(15_000);
    const doors = [{ ...doorOf(), unlockMs: 20_000 }];
    expect(decideAccess(questionOf({ people, doors })).unlockMs).toBe(20_000);
  });
});

describe('what is not known is denied', () => {
  const missing = (rules: Partial<RuleSet>, change: Partial<AccessQuestion> = {}) => {
    const decision = decideAccess(questionOf(rules, change));
    expect(accessDecisionSchema.parse(decision)).toEqual(decision);
    return [decision.outcome, decision.reason, (decision.steps[0] as { missing?: string }).missing];
  };
  const denied = (what: string | null) => ['denied', 'rules-unavailable', what];

  it('a door', () => expect(missing({ doors: [] })).toEqual(denied('door')));
  it('a person', () => expect(missing({ people: [] })).toEqual(denied('person')));
  it('a time zone', () => {
    expect(missing({ doors: [doorOf({ timeZone: 'Mars/Olympus' })] })).toEqual(denied('time-zone'));
  });
  it('an area on either side', () => {
    expect(missing({ doors: [doorOf({ toAreaId: id.area() })] })).toEqual(denied('area'));
    expect(missing({ doors: [doorOf({ fromAreaId: id.area() })] })).toEqual(denied('area'));
  });
  it('a schedule', () => {
    expect(missing({ schedules: [] })).toEqual(denied(null));
  });
  it('a holiday calendar', () => {
    const schedules = [scheduleOf({ holiday: [], holidayCalendarIds: [id.calendar()] })];
    expect(missing({ schedules })).toEqual(denied(null));
  });
  it('a group and an access level', () => {
    expect(reasonOf({ groups: [] })).toBe('no-access-level');
    expect(reasonOf({ accessLevels: [] })).toBe('no-access-level');
  });
  it.each([Number.NaN, Infinity, -1, 8.64e15 + 1])('a time such as %d', (atMs) => {
    const decision = decideAccess(questionOf({}, { atMs }));
    expect([decision.outcome, decision.reason]).toEqual(['denied', 'clock-untrusted']);
  });
  it('the time, whatever the clock shows', () => {
    expect(reasonOf({}, { health: { ...HEALTHY, clockTrusted: false } })).toBe('clock-untrusted');
  });
  it('but another schedule that covers the time lets pass all the same', () => {
    const accessLevels = ruleSet().accessLevels.map((level) => ({
      ...level,
      entries: [{ doorIds: [id.door()], scheduleId: id.schedule(9) }, ...level.entries],
    }));
    expect(reasonOf({ accessLevels })).toBe('matched');
  });
});

describe('the person', () => {
  it.each(['suspended', 'blocked'] as const)('who is %s is denied', (status) => {
    expect(reasonOf(person({ status }))).toBe(status);
  });

  const from = '2026-10-01T00:00:00+02:00';
  it.each([
    ['before the first instant', { validFrom: from }, '2026-09-30T23:59:59.999+02:00', 'not-yet-valid'],
    ['at the first instant', { validFrom: from }, from, 'matched'],
    ['before the end', { validUntil: from }, '2026-09-30T23:59:59.999+02:00', 'matched'],
    ['at the end', { validUntil: from }, from, 'expired'],
    ['at a beginning that cannot be read', { validFrom: 'soon' }, from, 'not-yet-valid'],
    ['at an end that cannot be read', { validUntil: 'later' }, from, 'expired'],
  ])('%s of their validity: %j at %s is %s', (_, validity, instant, reason) => {
    const { people } = person({ ...validity, groupIds: [id.group(2)] });
    expect(reasonOf({ people }, { atMs: at(instant) })).toBe(reason);
  });

  it('has no access level for another door', () => {
    const doors = [doorOf(), doorOf({}, id.door(3))];
    expect(reasonOf({ doors }, { doorId: id.door(3) })).toBe('no-access-level');
  });

  it('is outside the schedule, and is told when it opens', () => {
    const decision = decideAccess(questionOf({}, { atMs: at('2026-10-02T18:00:00+02:00') }));
    expect(decision.reason).toBe('outside-schedule');
    expect(decision.steps.find(({ check }) => check === 'access-level')).toEqual({
      check: 'access-level',
      passed: false,
      reason: 'outside-schedule',
      levels: [
        {
          accessLevelId: id.level(),
          groupId: id.group(),
          scheduleId: id.schedule(),
          covers: false,
          source: 'weekly',
        },
      ],
      nextOpenAt: '2026-10-05T07:00:00.000Z',
    });
  });

  it('learns all that is in the way, with the first as the reason', () => {
    const { people } = person({ status: 'suspended', validUntil: '2026-01-01T00:00:00Z', groupIds: [] });
    const { reason, steps } = decideAccess(questionOf({ people }));
    expect(reason).toBe('suspended');
    expect(steps.flatMap((step) => step.reason ?? [])).toEqual(['suspended', 'expired', 'no-access-level']);
  });
});

describe('an offline door', () => {
  const limit = 3_600_000;
  const deny = { doors: [doorOf({ offlineAgeMaxMs: limit })] };
  const guards = {
    doors: [doorOf({ offlineAgeMaxMs: limit, offlinePolicy: { kind: 'groups', groupIds: [id.group(2)] } })],
  };
  const guard = { personId: id.person(3) };
  const age = (rulesAgeMs: number | null) => ({ health: { clockTrusted: true, rulesAgeMs } });

  it.each([
    ['up to its limit', limit, 'matched'],
    ['no longer', limit + 1, 'offline-too-long'],
    ['not when it does not know how old they are', null, 'offline-too-long'],
    ['not when their age is none', Number.NaN, 'offline-too-long'],
    ['not when they are from the future', -1, 'offline-too-long'],
  ])('goes by its rules %s', (_, rulesAgeMs, reason) => {
    expect(reasonOf(deny, age(rulesAgeMs))).toBe(reason);
    expect(reasonOf({}, age(rulesAgeMs))).toBe('matched');
  });

  it('then lets only the groups of its policy pass', () => {
    expect(reasonOf(guards, { ...age(limit + 1), ...guard })).toBe('matched');
    expect(reasonOf(guards, age(limit + 1))).toBe('offline-too-long');
    expect(reasonOf(deny, { ...age(limit + 1), ...guard })).toBe('offline-too-long');
  });
});

describe('a lockdown', () => {
  const lockdown = {
    id: id.lockdown(),
    scope: { kind: 'site' as const, siteId: id.site() },
    exemptGroupIds: [id.group(2)],
    exemptPersonIds: [id.person(2)],
    since: '2026-10-01T07:00:00Z',
    note: 'Drill',
  };

  it('denies all but exempt groups and people, who still need a level', () => {
    const rules = { lockdowns: [lockdown] };
    expect(reasonOf(rules)).toBe('lockdown');
    expect(reasonOf(rules, { personId: id.person(2) })).toBe('matched');
    expect(reasonOf(rules, { personId: id.person(3) })).toBe('matched');
    expect(reasonOf({ ...rules, accessLevels: [] }, { personId: id.person(3) })).toBe('no-access-level');
  });

  it('holds at its site or its doors alone', () => {
    const elsewhere = { ...lockdown, scope: { kind: 'site' as const, siteId: id.site(2) } };
    const doors = { ...lockdown, scope: { kind: 'doors' as const, doorIds: [id.door()] } };
    expect(reasonOf({ lockdowns: [elsewhere] })).toBe('matched');
    expect(reasonOf({ lockdowns: [doors] })).toBe('lockdown');
    expect(reasonOf({ lockdowns: [doors], doors: [doorOf({}, id.door(2))] }, { doorId: id.door(2) })).toBe(
      'matched',
    );
  });

  it('is added to another: a person must be exempt from each', () => {
    const second = { ...lockdown, id: id.lockdown(2), exemptPersonIds: [] };
    const decision = decideAccess(questionOf({ lockdowns: [lockdown, second] }, { personId: id.person(2) }));
    expect(decision.steps.find(({ check }) => check === 'lockdown')).toEqual({
      check: 'lockdown',
      passed: false,
      reason: 'lockdown',
      lockdownIds: [id.lockdown(), id.lockdown(2)],
      lockdownId: id.lockdown(2),
    });
  });

  it('does not lift a block for the exempt', () => {
    const override = {
      doorId: id.door(),
      priority: 'operator' as const,
      state: 'blocked' as const,
      until: '2026-10-02T00:00:00Z',
    };
    const rules = { lockdowns: [lockdown], overrides: [override] };
    expect(reasonOf(rules, { personId: id.person(3) })).toBe('door-blocked');
  });
});

describe('the first person of the day', () => {
  const rule = { groupIds: [id.group(2)], scheduleId: null };
  const doors = [doorOf({ firstPersonIn: rule })];
  const arrived = (instant: string): Partial<AccessQuestion> => ({
    memory: restoreMemory([], [[id.door(), { open: null, firstPersonAtMs: at(instant), presented: [] }]]),
  });

  it('must have come before others pass', () => {
    expect(reasonOf({ doors })).toBe('first-person-missing');
    expect(reasonOf({ doors }, arrived('2026-10-01T09:00:00+02:00'))).toBe('matched');
  });

  it('passes as the first', () => {
    expect(reasonOf({ doors }, { personId: id.person(3) })).toBe('matched');
  });

  it.each([
    ['the last instant of yesterday', '2026-09-30T23:59:59.999+02:00', 'first-person-missing'],
    ['the first instant of today', '2026-10-01T00:00:00+02:00', 'matched'],
    ['later than now, after the clock was set back', '2026-10-01T10:00:00.001+02:00', 'first-person-missing'],
  ])('who came at %s', (_, instant, reason) => {
    expect(reasonOf({ doors }, arrived(instant))).toBe(reason);
  });

  it('is waited for only while the rule’s schedule covers the time, or is unknown', () => {
    const on = (scheduleId: ReturnType<typeof id.schedule>) => ({
      doors: [doorOf({ firstPersonIn: { ...rule, scheduleId } })],
      schedules: [
        ...ruleSet().schedules,
        scheduleOf({ id: id.schedule(3), weekly: week('06:00-08:00') }),
        scheduleOf({ id: id.schedule(4), holiday: [], holidayCalendarIds: [id.calendar()] }),
      ],
    });
    expect(reasonOf(on(id.schedule(2)))).toBe('first-person-missing');
    expect(reasonOf(on(id.schedule(3)))).toBe('matched');
    expect(reasonOf(on(id.schedule(4)))).toBe('first-person-missing');
    expect(reasonOf(on(id.schedule(9)))).toBe('first-person-missing');
  });
});

describe('interlock', () => {
  const doors = [doorOf({ interlockDoorIds: [id.door(2), id.door()] })];
  const position = (open: boolean | null): AccessMemory =>
    restoreMemory([], [[id.door(2), { open, firstPersonAtMs: null, presented: [] }]]);

  it.each([
    ['closed', position(false), 'matched'],
    ['open', position(true), 'interlock'],
    ['unknown', position(null), 'interlock'],
    ['never heard of', EMPTY_MEMORY, 'interlock'],
  ])('with the other door %s', (_, memory, reason) => {
    expect(reasonOf({ doors }, { memory })).toBe(reason);
  });
});

describe('occupancy', () => {
  const areas = [areaOf({ occupancyMax: 2 })];
  const doors = [doorOf({ toAreaId: id.area() })];
  const inside = (count: number, first = 10): AccessMemory =>
    restoreMemory(
      Array.from({ length: count }, (_, index) => [
        id.person(first + index),
        { areaId: id.area(), sinceMs: 0, forgiven: false },
      ]),
      [],
    );

  it('lets people in while there is room', () => {
    expect(reasonOf({ areas, doors }, { memory: inside(1) })).toBe('matched');
    expect(reasonOf({ areas, doors }, { memory: inside(2) })).toBe('occupancy-full');
  });

  it('does not hinder who is inside, leaves, or stays within', () => {
    expect(reasonOf({ areas, doors }, { memory: inside(2, 1) })).toBe('matched');
    const out = [doorOf({ fromAreaId: id.area() })];
    expect(reasonOf({ areas, doors: out }, { memory: inside(2) })).toBe('matched');
    const within = [doorOf({ fromAreaId: id.area(), toAreaId: id.area() })];
    expect(reasonOf({ areas, doors: within }, { memory: inside(2) })).toBe('matched');
  });
});
