import type { AccessStep, LevelAtDoor, RuleReason } from '@munjigi/contracts';
import { instantMs, toInstant } from '../time/day';
import type { Case } from './question';
import { result, type StepOf } from './step';

const LEVELS_TOLD_MAX = 64;

/** The person is neither suspended nor blocked. */
export function checkStatus({ person: { status } }: Case): AccessStep {
  return { check: 'status', ...result(status === 'active' ? null : status), status };
}

/** The time is not before `validFrom`, and before `validUntil`. */
export function checkValidity({ person: { validFrom, validUntil }, atMs }: Case): AccessStep {
  return { check: 'validity', ...result(validityDenial()), validFrom, validUntil };

  function validityDenial(): RuleReason | null {
    if (validFrom !== null && !(atMs >= instantMs(validFrom))) return 'not-yet-valid';
    return validUntil !== null && !(atMs < instantMs(validUntil)) ? 'expired' : null;
  }
}

/** One of the person's access levels leads through the door at this time. */
export function checkAccessLevel({ rules, person, doorId, atMs }: Case): StepOf<'access-level'> {
  const grants = rules.grantsAt(person, doorId);
  const levels = grants.map((grant): LevelAtDoor => {
    const coverage = rules.scheduleAt(doorId, grant.scheduleId)?.coverageAt(atMs);
    return { ...grant, covers: coverage?.covers ?? false, source: coverage?.source ?? null };
  });
  levels.sort((a, b) => Number(b.covers) - Number(a.covers));
  const open = levels[0]?.covers ?? false;
  return {
    check: 'access-level',
    ...result(open ? null : levelDenial(levels)),
    levels: levels.slice(0, LEVELS_TOLD_MAX),
    nextOpenAt: open ? null : nextOpenAt(),
  };

  function nextOpenAt(): string | null {
    const schedules = new Set(grants.map(({ scheduleId }) => rules.scheduleAt(doorId, scheduleId)));
    const changes = [...schedules].map((schedule) => schedule?.nextChangeMs(atMs) ?? Infinity);
    const firstMs = Math.min(...changes);
    return firstMs === Infinity ? null : toInstant(firstMs);
  }
}

function levelDenial(levels: readonly LevelAtDoor[]): RuleReason {
  if (levels.length === 0) return 'no-access-level';
  // One that can be read and does not cover the time is the better explanation.
  const readable = levels.some(({ source }) => source !== null && source !== 'calendar-unavailable');
  return readable ? 'outside-schedule' : 'rules-unavailable';
}
