import type { Area, DoorId, DoorPerson, PersonId, RuleDoor } from '@munjigi/contracts';
import type { DoorHealth } from '../health';
import type { AccessMemory } from '../memory/memory';
import type { AccessRules } from '../rules/access-rules';
import type { TimeZone } from '../time/time-zone';

/** Whether one person may pass one door at one time. */
export interface AccessQuestion {
  readonly rules: AccessRules;
  readonly doorId: DoorId;
  readonly personId: PersonId;
  /** ms since 1970 UTC */
  readonly atMs: number;
  readonly memory: AccessMemory;
  readonly health: DoorHealth;
}

/** A question of which everything that it names is known. */
export interface Case extends AccessQuestion {
  readonly door: RuleDoor;
  readonly person: DoorPerson;
  readonly zone: TimeZone;
  /** The area that the door leads out of or into; null: outside, or an area that the rules lack. */
  readonly fromArea: Area | null;
  readonly toArea: Area | null;
}

/** Whether a person belongs to one of these groups. */
export function belongsTo(person: DoorPerson, groupIds: readonly string[] | null): boolean {
  return groupIds !== null && person.groupIds.some((id) => groupIds.includes(id));
}
