import { at, guardOf, id, personOf, ruleSet } from '../testing/rule-fixture';
import { AccessRules } from './access-rules';

const NOW = at('2026-10-01T10:00:00+02:00');

describe('the access rules know', () => {
  const office = { accessLevelId: id.level(), groupId: id.group(), scheduleId: id.schedule() };
  const everywhere = { accessLevelId: id.level(2), groupId: null, scheduleId: id.schedule(2) };

  it('a person’s ways through a door, their own first, each level once', () => {
    const person = personOf({
      accessLevelIds: [id.level(2)],
      groupIds: [id.group(), id.group(2), id.group(9)],
    });
    const rules = new AccessRules(ruleSet());
    expect(rules.grantsAt(person, id.door())).toEqual([everywhere, office]);
    expect(rules.grantsAt(person, id.door(9))).toEqual([]);
  });

  it('the doors that a person has ways through', () => {
    const rules = new AccessRules(ruleSet({ people: [personOf({ accessLevelIds: [id.level(2)] })] }));
    expect(rules.doorsOf(id.person())).toEqual(
      new Map([
        [id.door(), [everywhere, office]],
        [id.door(2), [everywhere, office]],
      ]),
    );
    expect(rules.doorsOf(id.person(9)).size).toBe(0);
  });

  it('whom a door must know', () => {
    const people = [
      personOf({ id: id.person(1) }),
      personOf({ id: id.person(2), status: 'blocked' }),
      personOf({ id: id.person(3), validFrom: '2027-01-01T00:00:00Z' }),
      personOf({ id: id.person(4), validUntil: '2026-10-01T10:00:00.001+02:00' }),
      personOf({ id: id.person(5), validUntil: '2026-10-01T10:00:00+02:00' }),
      personOf({ id: id.person(6), groupIds: [] }),
      guardOf({ id: id.person(7) }),
    ];
    const rules = new AccessRules(ruleSet({ people }));
    expect(rules.peopleWithLiveRule(id.door(), NOW)).toEqual([1, 2, 3, 4, 7].map(id.person));
    expect(rules.peopleWithLiveRule(id.door(9), NOW)).toEqual([]);
  });

  it('people of a map that is kept elsewhere, as it is when asked', () => {
    const people = new Map([[id.person(), personOf()]]);
    const rules = new AccessRules({ ...ruleSet(), people });
    people.set(id.person(2), personOf({ id: id.person(2) }));
    people.delete(id.person());
    expect(rules.peopleWithLiveRule(id.door(), NOW)).toEqual([id.person(2)]);
  });
});
