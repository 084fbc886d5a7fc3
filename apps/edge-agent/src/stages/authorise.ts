import {
  decideAccess,
  effectiveMode,
  rememberAll,
  type AccessMemory,
  type AccessRules,
  type DoorHealth,
  type EffectiveMode,
  type MemoryEvent,
} from '@munjigi/access-rules';
import type { AccessDecision, DoorId, PersonId, Reason, WhereaboutsTold } from '@munjigi/contracts';
import type { Logger } from 'pino';
import type { Clock } from '../ports/clock';
import type { MemoryStore } from '../ports/memory-store';

type Passed = Extract<MemoryEvent, { kind: 'passed' }>;

/** What the access rules say of a person who was recognised. */
export interface Authorisation {
  readonly outcome: 'granted' | 'denied';
  readonly reason: Reason;
  readonly unlockMs: number;
}

/** What the authoriser asks about the door. */
export interface DoorRulesSource {
  readonly goesByRules: boolean;
  readonly access: AccessRules | null;
  readonly doorId: string | null;
  readonly settings: { readonly unlockMs: number };
}

/** What other doors told, a part of it. */
export type WhereaboutsNews = Pick<WhereaboutsTold, 'moved' | 'pardoned'> & { readonly anew?: boolean };

/** What an authoriser works with. */
export interface AuthoriserOptions {
  readonly source: DoorRulesSource;
  readonly clock: Clock;
  /** What is remembered of before this process. */
  readonly memory: MemoryStore;
  readonly log: Logger;
  /** How long ago the server last confirmed the rules, ms; null when that is unknown. */
  readonly rulesAgeMs: () => number | null;
}

/**
 * Asks the access rules whether a person may pass now, and remembers what later answers depend on: who waits for a
 * second person, who is where, who came first. All but whether a door stands open survives a restart.
 */
export class Authoriser {
  readonly #options: AuthoriserOptions;
  #memory: AccessMemory;
  /** Grants of which it is not known yet whether access is taken, by their events. */
  readonly #pending = new Map<string, Passed>();
  /** People unknown here of whom other doors told where they are. */
  readonly #strangers = new Set<PersonId>();

  constructor(options: AuthoriserOptions) {
    this.#options = options;
    this.#memory = options.memory.load();
  }

  /** May they pass? Changes nothing. */
  ask(personId: string): Authorisation {
    const { source } = this.#options;
    if (!source.goesByRules)
      return { outcome: 'granted', reason: 'matched', unlockMs: source.settings.unlockMs };
    const { outcome, reason, unlockMs } = this.#decide(personId) ?? UNKNOWN;
    return { outcome, reason, unlockMs };
  }

  /**
   * The answer was given and is recorded: what later answers depend on is remembered.
   *
   * @param eventId where the door can tell whether access is taken: those who were let in count as having passed once
   *   `taken` says so. Without it they count at once.
   */
  note(
    personId: string,
    { outcome, reason }: Pick<Authorisation, 'outcome' | 'reason'>,
    eventId: string | null = null,
  ): void {
    const { access, doorId } = this.#options.source;
    if (!access || doorId === null) return;
    const [door, person, atMs] = [doorId as DoorId, personId as PersonId, this.#options.clock.wallMs()];
    // Who passes with them by the two-person rule is told by the decision; asked before it is remembered.
    const party = outcome === 'granted' ? (this.#decide(personId)?.personIds ?? [person]) : [];
    const decided = { kind: 'decided' as const, atMs, doorId: door, personId: person, outcome, reason };
    const passed = { kind: 'passed' as const, atMs, doorId: door, personIds: party };
    const isPassed = outcome === 'granted' && eventId === null;
    if (outcome === 'granted' && eventId !== null) this.#pending.set(eventId, passed);
    this.#remember(isPassed ? [decided, passed] : [decided], access, [person, ...party]);
  }

  /** Whether access was taken by that grant is known now. */
  settle(eventId: string, isTaken: boolean): void {
    const passed = this.#pending.get(eventId);
    const { access } = this.#options.source;
    this.#pending.delete(eventId);
    if (passed && access && isTaken) this.#remember([passed], access, passed.personIds);
  }

  /**
   * Other doors told who passed, and who was pardoned: what was known before, and is newer, stays. Whoever has no way
   * through this door, and is unknown to it, counts as well: they take room in an area.
   *
   * @param told `anew`: with this begins all that there is to tell
   */
  learn({ moved, pardoned, anew = false }: WhereaboutsNews): void {
    const { access } = this.#options.source;
    if (!access) return;
    if (anew) {
      this.#forget(this.#strangers, access);
      this.#strangers.clear();
    }
    const knows = ({ personId }: { personId: PersonId }): boolean => access.people.has(personId);
    for (const each of moved) if (!knows(each)) this.#strangers.add(each.personId);
    const events: MemoryEvent[] = [
      ...moved.map(({ personId, areaId, at }) => ({
        kind: 'moved' as const,
        personId,
        areaId,
        atMs: Date.parse(at),
      })),
      ...pardoned
        .filter(knows)
        .map(({ personId, at }) => ({ kind: 'pardoned' as const, personId, atMs: Date.parse(at) })),
    ];
    const who = [...moved, ...pardoned].filter(knows).map(({ personId }) => personId);
    if (events.length > 0) this.#remember(events, access, who);
  }

  /** People may have been removed: whoever is not known any more, and was not told of as a stranger, is nowhere. */
  forgetUnknown(knows: (personId: string) => boolean): void {
    const { access } = this.#options.source;
    if (!access) return;
    for (const personId of this.#strangers) if (knows(personId)) this.#strangers.delete(personId);
    const isGone = (personId: PersonId): boolean => !knows(personId) && !this.#strangers.has(personId);
    this.#forget(
      [...this.#memory.whereabouts].flatMap(([personId]) => (isGone(personId) ? [personId] : [])),
      access,
    );
  }

  #forget(personIds: Iterable<PersonId>, access: AccessRules): void {
    const events = [...personIds].map((personId) => ({ kind: 'erased' as const, personId }));
    if (events.length > 0) this.#memory = rememberAll(this.#memory, events, access);
  }

  /** Whether somebody needs longer at the door. */
  needsLonger(personId: string): boolean {
    return this.#options.source.access?.people.get(personId as PersonId)?.extendedTime ?? false;
  }

  /** What the rules say of the door itself now; locked while they, or the door, are not known. */
  get mode(): Pick<EffectiveMode, 'mode' | 'cause'> {
    const { access, doorId } = this.#options.source;
    if (!access || doorId === null) return { mode: 'locked', cause: { kind: 'none' } };
    return effectiveMode({ ...this.#moment(access), doorId: doorId as DoorId });
  }

  #remember(events: readonly MemoryEvent[], access: AccessRules, who: readonly PersonId[]): void {
    const [before, after] = [this.#memory, rememberAll(this.#memory, events, access)];
    this.#memory = after;
    const doorId = this.#options.source.doorId as DoorId;
    const people = who.flatMap((personId) => {
      const now = after.whereabouts.get(personId);
      return now && now !== before.whereabouts.get(personId) ? [[personId, now] as const] : [];
    });
    const door = after.doors.get(doorId);
    const isDoorSame = door === undefined || door === before.doors.get(doorId);
    if (people.length === 0 && isDoorSame) return;
    try {
      this.#options.memory.keep({ people, door: isDoorSame ? null : [doorId, door] });
    } catch (error) {
      // The event is kept, and this process remembers; only after a restart one passage would be missing.
      this.#options.log.error({ err: error }, 'passage not kept');
    }
  }

  #decide(personId: string): AccessDecision | null {
    const { access, doorId } = this.#options.source;
    if (!access || doorId === null) return null;
    const names = { doorId: doorId as DoorId, personId: personId as PersonId };
    return decideAccess({ ...this.#moment(access), ...names });
  }

  #moment(rules: AccessRules) {
    const health: DoorHealth = { clockTrusted: true, rulesAgeMs: this.#options.rulesAgeMs() };
    return { rules, atMs: this.#options.clock.wallMs(), memory: this.#memory, health };
  }
}

/** The rules, or the door itself, are not known yet. */
const UNKNOWN: Authorisation = { outcome: 'denied', reason: 'rules-unavailable', unlockMs: 0 };
