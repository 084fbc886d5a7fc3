import type { PersonId, RuleSet, TwoPersonRule } from '@munjigi/contracts';
import { EMPTY_MEMORY, restoreMemory } from '../memory/memory';
import { remember } from '../memory/remember';
import { IN_OFFICE_HOURS, questionOf } from '../testing/ask';
import { areaOf, doorOf, guardOf, id, personOf } from '../testing/rule-fixture';
import { decideAccess } from './decide-access';
import type { AccessQuestion } from './question';

const [kim, lee, park] = [id.person(), id.person(2), id.person(3)];
const pair: TwoPersonRule = { count: 2, withinMs: 10_000, approverGroupIds: null };
const at = (rule: TwoPersonRule): Partial<RuleSet> => ({ doors: [doorOf({ twoPerson: rule })] });

/** The decision about one person after others presented themselves, each so many ms ago. */
function decide(
  rules: Partial<RuleSet>,
  waiting: readonly (readonly [PersonId, number])[],
  change: Partial<AccessQuestion> = {},
) {
  const presented = waiting.map(([personId, agoMs]) => ({ personId, atMs: IN_OFFICE_HOURS - agoMs }));
  const memory = restoreMemory([], [[id.door(), { open: null, firstPersonAtMs: null, presented }]]);
  return decideAccess(questionOf(rules, { memory, ...change }));
}

describe('the two-person rule', () => {
  it('holds the first back, and lets both pass with the second', () => {
    const question = questionOf(at(pair));
    const first = decideAccess(question);
    expect(first).toMatchObject({ outcome: 'denied', reason: 'two-person-pending' });
    const decided = {
      ...first,
      kind: 'decided',
      atMs: question.atMs,
      doorId: id.door(),
      personId: kim,
    } as const;
    const memory = remember(EMPTY_MEMORY, decided, question.rules);
    const second = decideAccess({ ...question, memory, personId: lee, atMs: question.atMs + 4_000 });
    expect(second).toMatchObject({ outcome: 'granted', personIds: [lee, kim] });
    const after = { ...decided, ...second, personId: lee, atMs: question.atMs + 4_000 };
    expect(remember(memory, after, question.rules).doors.get(id.door())?.presented).toEqual([]);
  });

  it.each([
    ['at the end of its time', [[lee, 10_000]], 'matched'],
    ['too late', [[lee, 10_001]], 'two-person-pending'],
    ['before the first, by a clock that was set back', [[lee, -1]], 'two-person-pending'],
    ['the same person again', [[kim, 1_000]], 'two-person-pending'],
    ['somebody who is not known', [[id.person(9), 1_000]], 'two-person-pending'],
  ] as const)('%s', (_, waiting, reason) => {
    expect(decide(at(pair), waiting).reason).toBe(reason);
  });

  it('counts only people who may pass at that moment', () => {
    const suspended = [personOf(), personOf({ id: lee, status: 'suspended' }), guardOf()];
    expect(decide({ ...at(pair), people: suspended }, [[lee, 1_000]]).reason).toBe('two-person-pending');
    const nobody = [personOf(), personOf({ id: lee, groupIds: [] }), guardOf()];
    expect(decide({ ...at(pair), people: nobody }, [[lee, 1_000]]).reason).toBe('two-person-pending');
  });

  it('asks for as many as it says, each once', () => {
    const three = { ...pair, count: 3 };
    expect(decide(at(three), [[lee, 2_000]]).reason).toBe('two-person-pending');
    expect(
      decide(at(three), [
        [lee, 2_000],
        [lee, 1_000],
      ]).reason,
    ).toBe('two-person-pending');
    const all = decide(at(three), [
      [lee, 2_000],
      [park, 1_000],
    ]);
    expect(all).toMatchObject({ outcome: 'granted', personIds: [kim, park, lee] });
  });

  it('asks for an approver, whoever of them that is', () => {
    const approved = { ...pair, approverGroupIds: [id.group(2)] };
    expect(decide(at(approved), [[lee, 1_000]])).toMatchObject({ reason: 'two-person-pending' });
    expect(decide(at(approved), [[park, 1_000]]).reason).toBe('matched');
    expect(decide(at(approved), [[lee, 1_000]], { personId: park }).reason).toBe('matched');
    const others = decide(at(approved), [
      [park, 2_000],
      [lee, 1_000],
    ]);
    expect(others).toMatchObject({ outcome: 'granted', personIds: [kim, park] });
  });

  it('says what the second person lacks before anything else', () => {
    const people = [personOf({ status: 'blocked' }), personOf({ id: lee })];
    expect(decide({ ...at(pair), people }, [[lee, 1_000]]).reason).toBe('blocked');
  });

  it('needs room for all', () => {
    const rules = {
      areas: [areaOf({ occupancyMax: 1 })],
      doors: [doorOf({ twoPerson: pair, toAreaId: id.area() })],
    };
    expect(decide(rules, [[lee, 1_000]]).reason).toBe('occupancy-full');
    expect(decide({ ...rules, areas: [areaOf({ occupancyMax: 2 })] }, [[lee, 1_000]]).reason).toBe('matched');
  });

  it('gives all of them the time that one of them needs', () => {
    const people = [personOf(), personOf({ id: lee, extendedTime: true })];
    expect(decide({ ...at(pair), people }, [[lee, 1_000]]).unlockMs).toBe(15_000);
  });
});
