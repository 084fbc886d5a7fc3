import type { AreaId, DoorId, PersonId } from '@munjigi/contracts';
import { ShardedMap } from './sharded-map';

/** Where somebody was last seen to go. */
export interface Whereabouts {
  /** Null: outside of every area. */
  readonly areaId: AreaId | null;
  /** When they passed, ms since 1970. */
  readonly sinceMs: number;
  /** Their next pass breaks no anti-passback rule. */
  readonly forgiven: boolean;
}

/** Somebody who presented themselves and waits for others. */
export interface Presented {
  readonly personId: PersonId;
  readonly atMs: number;
}

/** What is remembered of one door. */
export interface DoorMemory {
  /** Whether it stands open; null when nobody knows. */
  readonly open: boolean | null;
  /** When somebody last passed who may be the first of a day, ms since 1970; null: never. */
  readonly firstPersonAtMs: number | null;
  /** Who waits for others, the newest last; at most 8. */
  readonly presented: readonly Presented[];
}

/** What happened that later decisions depend on. Never changed in place. */
export interface AccessMemory {
  readonly whereabouts: ShardedMap<PersonId, Whereabouts>;
  /** People in each area by `whereabouts`. */
  readonly occupancy: ReadonlyMap<AreaId, number>;
  readonly doors: ReadonlyMap<DoorId, DoorMemory>;
}

/** A door of which nothing is known. */
export const UNKNOWN_DOOR: DoorMemory = { open: null, firstPersonAtMs: null, presented: [] };

/** A memory of nothing: nobody has been seen, and no door's position is known. */
export const EMPTY_MEMORY: AccessMemory = {
  whereabouts: ShardedMap.of<PersonId, Whereabouts>([]),
  occupancy: new Map(),
  doors: new Map(),
};

/** The memory that was kept as these two lists; how many people are where follows from them. */
export function restoreMemory(
  whereabouts: Iterable<readonly [PersonId, Whereabouts]>,
  doors: Iterable<readonly [DoorId, DoorMemory]>,
): AccessMemory {
  const people = ShardedMap.of(whereabouts);
  const occupancy = new Map<AreaId, number>();
  for (const [, { areaId }] of people) {
    if (areaId !== null) occupancy.set(areaId, (occupancy.get(areaId) ?? 0) + 1);
  }
  return { whereabouts: people, occupancy, doors: new Map(doors) };
}

/** Who is where, those who came first leading; the key null holds the people outside. */
export function muster(memory: AccessMemory): ReadonlyMap<AreaId | null, readonly Presented[]> {
  const areas = new Map<AreaId | null, Presented[]>();
  for (const [personId, { areaId, sinceMs }] of memory.whereabouts) {
    const people = areas.get(areaId) ?? [];
    people.push({ personId, atMs: sinceMs });
    areas.set(areaId, people);
  }
  for (const people of areas.values()) people.sort((a, b) => a.atMs - b.atMs);
  return areas;
}
