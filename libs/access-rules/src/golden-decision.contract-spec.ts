import { accessDecisionSchema, ruleSetSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { AccessRules, decideAccess, restoreMemory, UNKNOWN_DOOR } from './index';
import { at, id } from './testing/rule-fixture';

describe('the golden decision', () => {
  it('is what the golden rule set gives', () => {
    const rules = new AccessRules(ruleSetSchema.parse(goldenMessage('ruleSet')));
    const [[personId], [doorId, otherDoorId], [areaId]] = [
      [...rules.people.keys()],
      [...rules.doors.keys()],
      [...rules.areas.keys()],
    ];
    const others = Array.from(
      { length: 12 },
      (_, index) => [id.person(index + 100), { areaId: areaId!, sinceMs: 0, forgiven: false }] as const,
    );
    const decision = decideAccess({
      rules,
      doorId: doorId!,
      personId: personId!,
      atMs: at('2026-12-25T10:00:00+09:00'),
      memory: restoreMemory(
        [...others, [personId!, { areaId: null, sinceMs: 0, forgiven: false }]],
        [[otherDoorId!, { ...UNKNOWN_DOOR, open: false }]],
      ),
      health: { clockTrusted: true, rulesAgeMs: 1200 },
    });
    expect(decision).toEqual(accessDecisionSchema.parse(goldenMessage('accessDecision')));
  });
});
