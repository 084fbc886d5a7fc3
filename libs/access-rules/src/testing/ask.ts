import type { RuleSet } from '@munjigi/contracts';
import type { AccessQuestion } from '../decide/question';
import { HEALTHY } from '../health';
import { EMPTY_MEMORY } from '../memory/memory';
import { AccessRules } from '../rules/access-rules';
import { at, id, ruleSet } from './rule-fixture';

/** Thursday, 1 October 2026, 10:00 in Berlin: within office hours. */
export const IN_OFFICE_HOURS = at('2026-10-01T10:00:00+02:00');

/** The first person at the first door in office hours, who passes by the rules as they are. */
export function questionOf(
  rules: Partial<RuleSet> = {},
  change: Partial<AccessQuestion> = {},
): AccessQuestion {
  return {
    rules: new AccessRules(ruleSet(rules)),
    doorId: id.door(),
    personId: id.person(),
    atMs: IN_OFFICE_HOURS,
    memory: EMPTY_MEMORY,
    health: HEALTHY,
    ...change,
  };
}
