import type { AreaId, DoorId, Outcome, PersonId, Reason } from '@munjigi/contracts';
import type { AccessRules } from '../rules/access-rules';
import { UNKNOWN_DOOR, type AccessMemory, type DoorMemory, type Whereabouts } from './memory';

/** Whom a pardon is for. */
export type Forgiven =
  | { readonly kind: 'everybody' }
  | { readonly kind: 'people'; readonly personIds: readonly PersonId[] }
  | { readonly kind: 'area'; readonly areaId: AreaId };

/** Something that later decisions depend on; times are ms since 1970. */
export type MemoryEvent =
  /** A decision was made: who waits for others is remembered, until the door was granted to them. */
  | {
      readonly kind: 'decided';
      readonly atMs: number;
      readonly doorId: DoorId;
      readonly personId: PersonId;
      readonly outcome: Outcome;
      readonly reason: Reason;
    }
  /** People went through: access was taken, or was granted at a door that cannot tell. */
  | {
      readonly kind: 'passed';
      readonly atMs: number;
      readonly doorId: DoorId;
      readonly personIds: readonly PersonId[];
    }
  /** Somebody went to an area by a door that these rules may not know; null: out of every area. */
  | {
      readonly kind: 'moved';
      readonly atMs: number;
      readonly personId: PersonId;
      readonly areaId: AreaId | null;
    }
  /** Somebody's next pass breaks no anti-passback rule, unless they passed since `atMs`. */
  | { readonly kind: 'pardoned'; readonly atMs: number; readonly personId: PersonId }
  /** A door's position; null when it can no longer be told. */
  | { readonly kind: 'door-position'; readonly doorId: DoorId; readonly open: boolean | null }
  /** The next pass of these people breaks no anti-passback rule. Where they are stays as it is. */
  | { readonly kind: 'forgiven'; readonly who: Forgiven }
  /** A person was erased, and all that is remembered of them with them. */
  | { readonly kind: 'erased'; readonly personId: PersonId };

const PRESENTED_MAX = 8;

/** The memory after one event; the one given stays as it is. */
export function remember(memory: AccessMemory, event: MemoryEvent, rules: AccessRules): AccessMemory {
  return rememberAll(memory, [event], rules);
}

/**
 * The memory after events, in the order in which they are given; the memory given stays as it is.
 *
 * Of one person's passes the latest by its time counts, so that those of several doors may come in any order. `rules`
 * say where a door leads and who may be the first of a day.
 */
export function rememberAll(
  memory: AccessMemory,
  events: Iterable<MemoryEvent>,
  rules: AccessRules,
): AccessMemory {
  const draft = new Draft(memory, rules);
  for (const event of events) draft.apply(event);
  return draft.memory();
}

/** Gathers what events change; the maps are made anew once for all of them. */
class Draft {
  readonly #rules: AccessRules;
  readonly #before: AccessMemory;
  readonly #moved = new Map<PersonId, Whereabouts | undefined>();
  #occupancy: Map<AreaId, number> | undefined;
  #doors: Map<DoorId, DoorMemory> | undefined;

  constructor(before: AccessMemory, rules: AccessRules) {
    this.#before = before;
    this.#rules = rules;
  }

  memory(): AccessMemory {
    const { whereabouts, occupancy, doors } = this.#before;
    return {
      whereabouts: this.#moved.size > 0 ? whereabouts.changed(this.#moved) : whereabouts,
      occupancy: this.#occupancy ?? occupancy,
      doors: this.#doors ?? doors,
    };
  }

  apply(event: MemoryEvent): void {
    switch (event.kind) {
      case 'decided':
        return this.#decided(event);
      case 'passed':
        return this.#passed(event);
      case 'door-position':
        return this.#changeDoor(event.doorId, { open: event.open });
      case 'moved':
        return this.#move(event.personId, event.areaId, event.atMs);
      case 'pardoned':
        return this.#pardon(event.personId, event.atMs);
      case 'forgiven':
        return this.#forgive(event.who);
      case 'erased':
        return this.#erase(event.personId);
    }
  }

  #decided({ atMs, doorId, personId, outcome, reason }: MemoryEvent & { kind: 'decided' }): void {
    const { presented } = this.#door(doorId);
    if (outcome === 'granted') {
      if (presented.length > 0) this.#changeDoor(doorId, { presented: [] });
    } else if (reason === 'two-person-pending') {
      const others = presented.filter((other) => other.personId !== personId);
      this.#changeDoor(doorId, { presented: [...others, { personId, atMs }].slice(-PRESENTED_MAX) });
    }
  }

  #passed({ atMs, doorId, personIds }: MemoryEvent & { kind: 'passed' }): void {
    const rules = this.#rules.doors.get(doorId)?.rules;
    if (!rules) return;
    for (const personId of personIds) this.#move(personId, rules.toAreaId, atMs);
    const first = rules.firstPersonIn;
    const mayBeFirst = (personId: PersonId) =>
      this.#rules.people.get(personId)?.groupIds.some((id) => first?.groupIds.includes(id)) ?? false;
    if (first && personIds.some(mayBeFirst)) {
      const firstPersonAtMs = Math.max(this.#door(doorId).firstPersonAtMs ?? atMs, atMs);
      this.#changeDoor(doorId, { firstPersonAtMs });
    }
  }

  #move(personId: PersonId, areaId: AreaId | null, atMs: number): void {
    const before = this.#whereaboutsOf(personId);
    if (before && before.sinceMs > atMs) return;
    this.#count(before?.areaId ?? null, -1);
    this.#count(areaId, 1);
    this.#moved.set(personId, { areaId, sinceMs: atMs, forgiven: false });
  }

  #pardon(personId: PersonId, atMs: number): void {
    const before = this.#whereaboutsOf(personId);
    if (before && before.sinceMs <= atMs) this.#moved.set(personId, { ...before, forgiven: true });
  }

  #forgive(who: Forgiven): void {
    const ids = who.kind === 'people' ? who.personIds : this.#everybody();
    for (const personId of ids) {
      const before = this.#whereaboutsOf(personId);
      if (!before || (who.kind === 'area' && before.areaId !== who.areaId)) continue;
      this.#moved.set(personId, { ...before, forgiven: true });
    }
  }

  #erase(personId: PersonId): void {
    this.#count(this.#whereaboutsOf(personId)?.areaId ?? null, -1);
    this.#moved.set(personId, undefined);
    for (const [doorId, { presented }] of this.#doors ?? this.#before.doors) {
      const others = presented.filter((other) => other.personId !== personId);
      if (others.length < presented.length) this.#changeDoor(doorId, { presented: others });
    }
  }

  #count(areaId: AreaId | null, change: number): void {
    if (areaId === null) return;
    this.#occupancy ??= new Map(this.#before.occupancy);
    this.#occupancy.set(areaId, (this.#occupancy.get(areaId) ?? 0) + change);
  }

  #whereaboutsOf(personId: PersonId): Whereabouts | undefined {
    return this.#moved.has(personId) ? this.#moved.get(personId) : this.#before.whereabouts.get(personId);
  }

  #everybody(): Set<PersonId> {
    return new Set([...this.#moved.keys(), ...[...this.#before.whereabouts].map(([personId]) => personId)]);
  }

  #door(doorId: DoorId): DoorMemory {
    return (this.#doors ?? this.#before.doors).get(doorId) ?? UNKNOWN_DOOR;
  }

  #changeDoor(doorId: DoorId, change: Partial<DoorMemory>): void {
    this.#doors ??= new Map(this.#before.doors);
    this.#doors.set(doorId, { ...this.#door(doorId), ...change });
  }
}
