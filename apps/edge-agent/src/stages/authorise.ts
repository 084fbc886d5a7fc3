import {
  decideAccess,
  effectiveMode,
  EMPTY_MEMORY,
  rememberAll,
  type AccessMemory,
  type AccessRules,
  type DoorHealth,
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

  /** The answer was given and is recorded: what later answers depend on is remembered. */
  note(personId: string, { outcome, reason }: Pick<Authorisation, 'outcome' | 'reason'>): void {
    const { access, doorId } = this.#options.source;
    if (!access || doorId === null) return;
    const [door, person, atMs] = [doorId as DoorId, personId as PersonId, this.#options.clock.wallMs()];
    // Who passes with them by the two-person rule is told by the decision; asked before it is remembered.
    const party = outcome === 'granted' ? (this.#decide(personId)?.personIds ?? [person]) : [];
    const decided = { kind: 'decided' as const, atMs, doorId: door, personId: person, outcome, reason };
    const passed = { kind: 'passed' as const, atMs, doorId: door, personIds: party };
    this.#memory = rememberAll(this.#memory, outcome === 'granted' ? [decided, passed] : [decided], access);
  }

  /** Whether the door stands open for all now: a schedule, or somebody, unlocked it, and nothing stronger closes it. */
  get isUnlocked(): boolean {
    const { access, doorId } = this.#options.source;
    if (!access || doorId === null) return false;
    return effectiveMode({ ...this.#moment(access), doorId: doorId as DoorId }).mode === 'unlocked';
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
