import type { AccessStep, Area } from '@munjigi/contracts';
import { effectiveMode, overrideInForce } from '../mode/effective-mode';
import { firstPersonOf } from '../rules/first-person';
import { toInstant } from '../time/day';
import { belongsTo, type Case } from './question';
import { result } from './step';

/** No override blocks the door. Lockdowns are a check of their own, and have exemptions. */
export function checkDoorMode(asked: Case): AccessStep {
  const { mode } = effectiveMode(asked);
  return {
    check: 'door-mode',
    ...result(overrideInForce(asked)?.state === 'blocked' ? 'door-blocked' : null),
    mode,
  };
}

/** Where the door waits for the first person of the day, that person has come, or is this one. */
export function checkFirstPerson(asked: Case): AccessStep {
  const { inForce, arrivedAtMs } = firstPersonOf(asked);
  const first = belongsTo(asked.person, asked.door.rules.firstPersonIn?.groupIds ?? null);
  return {
    check: 'first-person',
    ...result(inForce && arrivedAtMs === null && !first ? 'first-person-missing' : null),
    inForce,
    arrivedAt: arrivedAtMs === null ? null : toInstant(arrivedAtMs),
  };
}

/**
 * The person enters no area where they already are, and leaves none where they are not.
 *
 * Somebody whose whereabouts are unknown, forgotten or forgiven breaks no rule; nor does anybody at a door within one
 * area.
 */
export function checkAntiPassback(asked: Case): AccessStep {
  const { memory, person, fromArea, toArea, atMs } = asked;
  const last = memory.whereabouts.get(person.id);
  const sees = (area: Area | null): area is Area => {
    if (!area || area.antiPassback.mode === 'off' || !last || last.forgiven) return false;
    const { forgetAfterMs } = area.antiPassback;
    return forgetAfterMs === null || atMs - last.sinceMs < forgetAfterMs;
  };
  const broken: Area[] = [];
  if (fromArea?.id !== toArea?.id) {
    if (sees(toArea) && last?.areaId === toArea.id) broken.push(toArea);
    if (sees(fromArea) && last?.areaId !== fromArea.id) broken.push(fromArea);
  }
  const hard = broken.find(({ antiPassback }) => antiPassback.mode === 'hard');
  return {
    check: 'anti-passback',
    ...result(hard ? 'anti-passback' : null),
    violatedAreaId: (hard ?? broken[0])?.id ?? null,
    ...(last && { lastAreaId: last.areaId }),
  };
}

/**
 * The area has room: for the person, who takes none when already inside, or under the two-person rule for as many as
 * will pass.
 */
export function checkOccupancy({ memory, person, door, fromArea, toArea }: Case): AccessStep {
  const max = toArea?.occupancyMax ?? null;
  const occupancy = toArea && (memory.occupancy.get(toArea.id) ?? 0);
  const inside = toArea !== null && memory.whereabouts.get(person.id)?.areaId === toArea.id;
  const entering = door.rules.twoPerson?.count ?? (inside ? 0 : 1);
  const limited = max !== null && occupancy !== null && entering > 0 && fromArea?.id !== toArea?.id;
  return {
    check: 'occupancy',
    ...result(limited && occupancy + entering > max ? 'occupancy-full' : null),
    areaId: toArea?.id ?? null,
    occupancy,
    occupancyMax: max,
  };
}

/** Every interlocked door is known to be closed. */
export function checkInterlock({ memory, door, doorId }: Case): AccessStep {
  const others = door.rules.interlockDoorIds.filter((id) => id !== doorId);
  const openOf = (id: (typeof others)[number]) => memory.doors.get(id)?.open ?? null;
  return {
    check: 'interlock',
    ...result(others.every((id) => openOf(id) === false) ? null : 'interlock'),
    openDoorIds: others.filter((id) => openOf(id) === true),
    unknownDoorIds: others.filter((id) => openOf(id) === null),
  };
}
