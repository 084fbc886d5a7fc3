import { AccessRules } from '@munjigi/access-rules';
import {
  doorSettingsSchema,
  type DoorId,
  type DoorSettings,
  type DoorSettingsPatch,
} from '@munjigi/contracts';
import type { Candidate } from '@munjigi/face-core';
import type { LocalStore } from '../ports/local-store';
import type { DoorRulesSource } from '../stages/authorise';
import type { TargetState } from '../sync/target-state';
import type { LocalPeople } from './local-people';
import { asDoorPerson, asEverAllowed, rulesOfLoneDoor, withLocalLevel } from './local-rules';

/** What a door knows, wherever from, when it decides. */
export interface KnownHere extends DoorRulesSource {
  readonly settings: DoorSettings;
  readonly templateCount: number;
  readonly appliedRevision: number;
  knows(personId: string): boolean;
  nameOf(personId: string): string;
  /** The two people most like a probe, best first; null when the gallery cannot be relied on. */
  search(probe: Float32Array): Candidate[] | null;
  onChange(listener: () => void): void;
}

/**
 * What the server wants the door to know together with what was set at the door itself.
 *
 * Where a server says something of the door, it says all of it: local settings count only while none does. Local people
 * are judged by the same access rules as everybody: a lockdown is theirs as well.
 */
export class DoorKnowledge implements KnownHere {
  readonly #target: TargetState;
  readonly #people: LocalPeople;
  readonly #store: LocalStore;
  readonly #listeners = new Set<() => void>();
  #settings: DoorSettings;
  #access: { readonly of: AccessRules | null; readonly rules: AccessRules } | null = null;

  constructor(options: { target: TargetState; people: LocalPeople; store: LocalStore }) {
    this.#target = options.target;
    this.#people = options.people;
    this.#store = options.store;
    this.#settings = doorSettingsSchema.parse(this.#store.settings());
    const changed = (): void => this.#changed();
    this.#target.onChange(changed);
    this.#people.onChange(changed);
  }

  /** Whether a server says how this door is. */
  get isServersDoor(): boolean {
    return this.#target.doorId !== null;
  }

  get settings(): DoorSettings {
    return this.isServersDoor ? this.#target.settings : this.#settings;
  }

  get templateCount(): number {
    return this.#target.templateCount + this.#people.templateCount;
  }

  get appliedRevision(): number {
    return this.#target.appliedRevision;
  }

  get doorId(): string {
    return this.#target.doorId ?? this.#store.doorId();
  }

  get goesByRules(): boolean {
    return this.#target.goesByRules || this.#people.count > 0;
  }

  get access(): AccessRules | null {
    const { access } = this.#target;
    if (this.#people.count === 0) return access;
    if (this.#target.goesByRules && access === null) return null;
    if (this.#access?.of !== access) this.#access = null;
    this.#access ??= { of: access, rules: this.#merged() };
    return this.#access.rules;
  }

  knows(personId: string): boolean {
    return this.#target.knows(personId) || this.#people.find(personId) !== undefined;
  }

  nameOf(personId: string): string {
    return this.#target.nameOf(personId) || (this.#people.find(personId)?.name ?? '');
  }

  search(probe: Float32Array): Candidate[] | null {
    const theirs = this.#target.search(probe);
    if (!theirs) return null;
    const best = new Map<string, Candidate>();
    for (const candidate of [...theirs, ...this.#people.search(probe, 2)]) {
      const known = best.get(candidate.personId);
      if (!known || known.similarity < candidate.similarity) best.set(candidate.personId, candidate);
    }
    return [...best.values()].sort((a, b) => b.similarity - a.similarity).slice(0, 2);
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Sets how the door recognises and decides while no server says; what is not named stays. */
  changeSettings(patch: DoorSettingsPatch): void {
    const settings = { ...this.#store.settings(), ...patch };
    this.#settings = doorSettingsSchema.parse(settings);
    this.#store.keepSettings(settings);
    this.#changed();
  }

  #merged(): AccessRules {
    const doorId = this.doorId as DoorId;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const { rules, people } = this.#target;
    const base = rules ?? rulesOfLoneDoor(doorId, this.settings, timeZone);
    const local = this.#people.all.filter(({ id }) => !this.#target.knows(id)).map(asDoorPerson);
    const theirs = rules ? people : people.map(asEverAllowed);
    return new AccessRules({ ...withLocalLevel(base, doorId), people: [...theirs, ...local] });
  }

  #changed(): void {
    this.#access = null;
    for (const listener of this.#listeners) listener();
  }
}
