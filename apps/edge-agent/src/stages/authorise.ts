import {
  decideAccess,
  effectiveMode,
  EMPTY_MEMORY,
  rememberAll,
  type AccessMemory,
  type AccessRules,
  type DoorHealth,
  type EffectiveMode,
  type MemoryEvent,
} from '@munjigi/access-rules';
import type { AccessDecision, DoorId, PersonId, Reason } from '@munjigi/contracts';
import type { Clock } from '../ports/clock';

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

/** What an authoriser works with. */
export interface AuthoriserOptions {
  readonly source: DoorRulesSource;
  readonly clock: Clock;
  /** How long ago the server last confirmed the rules, ms; null when that is unknown. */
  readonly rulesAgeMs: () => number | null;
}

/**
 * Asks the access rules whether a person may pass now, and remembers what later answers depend on: who waits for a
 * second person, who is where, who came first. The memory is of this process: after a restart where people are is
 * unknown, and breaks no rule.
 */
export class Authoriser {
  readonly #options: AuthoriserOptions;
  #memory: AccessMemory = EMPTY_MEMORY;
  /** Grants of which it is not known yet whether access is taken, by their events. */
  readonly #pending = new Map<string, MemoryEvent>();

  constructor(options: AuthoriserOptions) {
    this.#options = options;
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
    this.#memory = rememberAll(this.#memory, isPassed ? [decided, passed] : [decided], access);
  }

  /** Whether access was taken by that grant is known now. */
  settle(eventId: string, isTaken: boolean): void {
    const passed = this.#pending.get(eventId);
    const { access } = this.#options.source;
    this.#pending.delete(eventId);
    if (passed && access && isTaken) this.#memory = rememberAll(this.#memory, [passed], access);
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
