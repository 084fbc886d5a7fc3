import type { AccessStep, RuleReason } from '@munjigi/contracts';

/** A step of one check. */
export type StepOf<Check extends AccessStep['check']> = Extract<AccessStep, { check: Check }>;

/** How a check ended: passed, or what it would deny with. */
export function result(denial: RuleReason | null): { passed: boolean; reason: RuleReason | null } {
  return { passed: denial === null, reason: denial };
}
