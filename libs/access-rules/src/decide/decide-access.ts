import type { AccessDecision, AccessStep } from '@munjigi/contracts';
import { checkClock, checkLockdown, checkOffline, checkRules, factsOf, type Facts } from './check-facts';
import {
  checkAntiPassback,
  checkDoorMode,
  checkFirstPerson,
  checkInterlock,
  checkOccupancy,
} from './check-moment';
import { checkAccessLevel, checkStatus, checkValidity } from './check-person';
import { checkTwoPerson } from './check-two-person';
import { isInstant } from '../time/day';
import type { AccessQuestion, Case } from './question';

/**
 * Whether a person may pass a door now, with every check that was made.
 *
 * The checks, in the order in which they count: `rules` (everything needed is known), `clock`, `offline` (the rules
 * are not too old), `status`, `validity`, `lockdown`, `door-mode` (no override blocks the door), `access-level`,
 * `first-person`, `anti-passback`, `occupancy`, `interlock`, and last `two-person`, so that only people who may pass
 * by all the others are counted. All of them must pass; the first that does not gives the reason. What is not known is
 * denied. Nothing is remembered: hand the decision on to `remember`.
 */
export function decideAccess(question: AccessQuestion): AccessDecision {
  const facts = factsOf(question);
  const beginning = [checkRules(facts), checkClock(question)];
  if ('missing' in facts || !isInstant(question.atMs)) return denied(beginning);
  const asked = facts.known;
  const accessLevel = checkAccessLevel(asked);
  const { step, party } = checkTwoPerson(asked, (personId) => mayPassAlone({ ...question, personId }));
  const steps = [...beginning, ...checksBefore(asked), accessLevel, ...checksAfter(asked), step];
  const way = accessLevel.levels[0];
  if (!way || steps.some(({ passed }) => !passed)) return denied(steps);
  const { unlockMs, extendedUnlockMs } = asked.door;
  return {
    outcome: 'granted',
    reason: 'matched',
    steps,
    accessLevelId: way.accessLevelId,
    personIds: party.map(({ id }) => id),
    unlockMs: party.some(({ extendedTime }) => extendedTime)
      ? Math.max(unlockMs, extendedUnlockMs)
      : unlockMs,
  };
}

/** Whether a person passes every check but that of the two-person rule. */
function mayPassAlone(question: AccessQuestion): boolean {
  const facts: Facts = factsOf(question);
  if ('missing' in facts || !isInstant(question.atMs)) return false;
  const { known } = facts;
  return [
    checkRules(facts),
    checkClock(question),
    ...checksBefore(known),
    checkAccessLevel(known),
    ...checksAfter(known),
  ].every(({ passed }) => passed);
}

function checksBefore(asked: Case): AccessStep[] {
  return [
    checkOffline(asked),
    checkStatus(asked),
    checkValidity(asked),
    checkLockdown(asked),
    checkDoorMode(asked),
  ];
}

function checksAfter(asked: Case): AccessStep[] {
  return [checkFirstPerson(asked), checkAntiPassback(asked), checkOccupancy(asked), checkInterlock(asked)];
}

function denied(steps: AccessStep[]): AccessDecision {
  const reason = steps.find(({ passed }) => !passed)?.reason ?? 'rules-unavailable';
  return { outcome: 'denied', reason, steps, accessLevelId: null, personIds: [], unlockMs: 0 };
}
