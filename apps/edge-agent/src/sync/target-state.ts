import { setImmediate as nextTurn } from 'node:timers/promises';
import { AccessRules } from '@munjigi/access-rules';
import {
  doorSettingsSchema,
  type CameraSettings,
  type Change,
  type DoorPerson,
  type DoorSettings,
} from '@munjigi/contracts';
import type { Candidate } from '@munjigi/face-core';
import type { Logger } from 'pino';
import type { StateChange, StateStore, StoredDoor, StoredPage, StoredRules } from '../ports/event-store';
import { DoorGallery } from './door-gallery';
import { RevokedPeople } from './revoked-people';
import { toStateChanges, type ModelShape } from './read-changes';
import { Wake } from './wake';

/** A page of changes as it is to be applied. */
export interface TargetPage {
  /** Forget everything first. */
  readonly empty: boolean;
  readonly changes: readonly Change[];
  readonly throughRevision: number;
  /** Whether nothing comes after it for now. */
  readonly isLast: boolean;
  /** Up to where the feed went when it was read; not given: it holds what is true now. */
  readonly asOf?: number;
}

/**
 * What the server wants this door to know: kept in the store, and in memory for deciding.
 *
 * The store comes first, in one transaction with the cursor; memory follows in the same turn of the event loop, so no
 * decision ever sees half a page.
 */
export class TargetState {
  readonly #store: StateStore;
  readonly #model: ModelShape;
  readonly #log: Logger;
  readonly #gallery: DoorGallery;
  readonly #people = new Map<string, DoorPerson>();
  readonly #listeners = new Set<() => void>();
  #settings: DoorSettings = doorSettingsSchema.parse({});
  #doorId: string | null = null;
  #camera: CameraSettings | null = null;
  readonly #revoked = new RevokedPeople();
  #appliedRevision = 0;
  /** What the state here was pulled as, and what pages to come are. */
  #pulledAs: string | null = null;
  #pullsAs: string | null = null;
  /** Counts what was written, so that a digest knows whether it is of one state. */
  #changes = 0;
  #isWhole = true;
  #expectsRules = false;
  #rules: StoredRules | null = null;
  #access: AccessRules | null = null;

  constructor(options: { store: StateStore; model: ModelShape; log: Logger }) {
    this.#store = options.store;
    this.#model = options.model;
    this.#log = options.log;
    this.#gallery = new DoorGallery(options.model);
  }

  /** Fills the memory from the store; the door can decide from then on, with no server. */
  load(): void {
    const state = this.#store.load({
      transform: (transform) => this.#gallery.addTransform(transform),
      template: (template) => this.#gallery.put(template),
    });
    this.#appliedRevision = state.appliedRevision;
    this.#pulledAs = state.pulledAs;
    for (const person of state.people) this.#people.set(person.id, person);
    this.#expectsRules = state.expectsRules;
    this.#rules = state.rules;
    if (state.door) this.#takeDoor(state.door);
    if (state.unreadableTemplates > 0) {
      // What is left is no basis for a decision: a person may be missing whom the margin must be measured against.
      this.#log.error({ templates: state.unreadableTemplates }, 'templates unreadable, fetching all anew');
      this.#isWhole = false;
      this.#keep({ empty: true, changes: [], throughRevision: 0 });
    }
  }

  /** The last revision that was applied. */
  get appliedRevision(): number {
    return this.#appliedRevision;
  }

  /** The door's settings; the defaults until the server sent some. */
  get settings(): DoorSettings {
    return this.#settings;
  }

  /** The camera that the server wants; null: it leaves that to this computer. */
  get camera(): CameraSettings | null {
    return this.#camera;
  }

  /** Templates to compare with. */
  get templateCount(): number {
    return this.#gallery.size;
  }

  /** Whether nothing is known of anybody, in memory or on the disk. */
  get isEmpty(): boolean {
    return this.#isWhole && this.#people.size === 0 && this.#gallery.size === 0;
  }

  /** Whether the server still knows this person. */
  knows(personId: string): boolean {
    return this.#people.has(personId);
  }

  /** A person's name, or an empty text when only the id is known so far. */
  nameOf(personId: string): string {
    return this.#people.get(personId)?.name ?? '';
  }

  /** The two people most like a probe, best first; null when the gallery cannot be relied on. */
  search(probe: Float32Array): Candidate[] | null {
    if (!this.#isWhole) return null;
    try {
      return this.#gallery.search(probe, { top: 2 });
    } catch (error) {
      this.#log.error({ err: error }, 'gallery search failed');
      return null;
    }
  }

  /**
   * Asks for the whole feed again, and keeps what is here meanwhile, where the server keeps templates in a transform
   * that this door has not got: an earlier version of the agent passed it over.
   */
  ensureTransform(transformId: string | null): void {
    if (transformId === null || this.#appliedRevision === 0 || this.#gallery.knows(transformId)) return;
    this.#log.warn({ transformId }, 'transform missing, fetching all anew');
    this.pullAnew();
  }

  /** The server sends access rules: from now on nobody passes without them. Asks for all anew where there are none. */
  expectRules(): void {
    if (!this.#expectsRules) {
      this.#store.expectRules();
      this.#expectsRules = true;
    }
    if (this.#rules !== null || this.#appliedRevision === 0) return;
    this.#log.warn({}, 'access rules missing, fetching all anew');
    this.pullAnew();
  }

  /**
   * What the server takes this agent to understand, of which it sends no more. Asks for all anew where what is here was
   * pulled as something else: changes may have been left out of it, and the feed will not repeat them.
   *
   * @param capabilities none: those of an agent from before there were any
   */
  pullAs(capabilities: readonly string[]): void {
    const pullsAs = [...capabilities].sort().join(' ');
    this.#pullsAs = pullsAs;
    if (pullsAs === '' || this.#pulledAs === null || this.#pulledAs === pullsAs) return;
    if (this.#appliedRevision === 0) return;
    this.#log.warn({ pulledAs: this.#pulledAs }, 'pulled as another version of the agent, fetching all anew');
    this.pullAnew();
  }

  /** Whether the access rules decide here; with a server that has none, whoever is recognised passes. */
  get goesByRules(): boolean {
    return this.#expectsRules || this.#rules !== null;
  }

  /** The access rules but their people; null while they are not here. */
  get rules(): StoredRules | null {
    return this.#rules;
  }

  /** Everybody whom the server wants the door to know. */
  get people(): readonly DoorPerson[] {
    return [...this.#people.values()];
  }

  /** The access rules with the people whom they are for; null while they are not here. */
  get access(): AccessRules | null {
    if (this.#rules === null) return null;
    this.#access ??= new AccessRules({ ...this.#rules, people: [...this.#people.values()] });
    return this.#access;
  }

  /** The door that the state is of; null until the server said so. */
  get doorId(): string | null {
    return this.#doorId;
  }

  /** Waits, where there is no state at all yet, for the first page, so long at most. Never rejects. */
  async untilFirstPage(limitMs: number, signal: AbortSignal): Promise<void> {
    if (this.#appliedRevision > 0) return;
    const arrived = new Wake();
    const ring = (): void => arrived.ring();
    this.#listeners.add(ring);
    await arrived.wait(limitMs, signal);
    this.#listeners.delete(ring);
  }

  /** Calls the listener after every page that changed something. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Applies a page.
   *
   * A template that cannot be one is left out, with a line in the log: its person is then not recognised, and all
   * other changes, deletions above all, still arrive.
   */
  apply(page: TargetPage): void {
    const transforms = new Set<string>();
    const changes: StateChange[] = [];
    const { asOf = Infinity } = page;
    for (const change of page.changes.flatMap((each) => this.#checked(each))) {
      if (!this.#isComparable(change, page.empty, transforms) || this.#isRevoked(change, asOf)) continue;
      changes.push(change);
      if (change.kind === 'transform.put') transforms.add(change.transform.id);
    }
    this.#keep({ empty: page.empty, changes, throughRevision: page.throughRevision });
    this.#revoked.dropUpTo(asOf);
    if (page.isLast) this.#isWhole = true;
    if (page.empty || changes.length > 0) for (const listener of this.#listeners) listener();
  }

  /**
   * Digests of all that is on the disk, and the revision that it is of; lets others run in between.
   *
   * @returns null when the state has changed meanwhile
   */
  async digest(): Promise<{ revision: number; parts: Uint8Array<ArrayBuffer> } | null> {
    const changesBefore = this.#changes;
    const steps = this.#store.digest();
    for (;;) {
      const step = steps.next();
      if (this.#changes !== changesBefore) return null;
      if (step.done) return { revision: this.#appliedRevision, parts: step.value };
      await nextTurn();
    }
  }

  /** Makes a part of the state what the server says that it should be, and keeps the cursor. */
  repair(part: number, changes: readonly Change[]): void {
    const asOf = Math.max(0, ...changes.map(({ revision }) => revision));
    const puts = changes
      .flatMap((change) => this.#checked(change))
      .filter((change) => !this.#isRevoked(change, asOf));
    const wanted = new Set<string | null>(puts.map(idOf));
    const { people, templates, transforms } = this.#store.idsOfPart(part);
    const isSurplus = (id: string): boolean => !wanted.has(id);
    const deletes: StateChange[] = [
      ...templates.filter(isSurplus).map((templateId) => ({ kind: 'template.delete' as const, templateId })),
      ...people.filter(isSurplus).map((personId) => ({ kind: 'person.delete' as const, personId })),
      ...transforms
        .filter(isSurplus)
        .map((transformId) => ({ kind: 'transform.delete' as const, transformId })),
    ];
    this.#keep({ empty: false, changes: [...deletes, ...puts], throughRevision: this.#appliedRevision });
    for (const listener of this.#listeners) listener();
  }

  /**
   * Forgets people at once, in memory and on the disk, whatever is on its way about them.
   *
   * @param revision what was read of the feed before it says nothing of them any more
   */
  revoke(personIds: readonly string[], revision: number): void {
    if (revision <= this.#appliedRevision) return;
    // Memory first: should the disk be full, nobody of them passes all the same.
    for (const personId of personIds) {
      this.#revoked.add(personId, revision);
      this.#people.delete(personId);
      this.#gallery.removePerson(personId);
    }
    this.#access = null;
    this.#changes += 1;
    this.#store.forget(personIds);
    for (const listener of this.#listeners) listener();
  }

  /** Whether a change would bring somebody back who was revoked after it had been read. */
  #isRevoked(change: StateChange, asOf: number): boolean {
    if (change.kind === 'person.put') return this.#revoked.holds(change.person.id, asOf);
    return change.kind === 'template.put' && this.#revoked.holds(change.template.personId, asOf);
  }

  /** Asks for the whole feed again, and keeps what is here meanwhile. */
  pullAnew(): void {
    this.#keep({ empty: false, changes: [], throughRevision: 0 });
  }

  /** Whether a template's transform is here, or in this page before it. */
  #isComparable(change: StateChange, emptied: boolean, inPage: ReadonlySet<string>): boolean {
    if (change.kind !== 'template.put') return true;
    const { templateId, transformId } = change.template;
    if (transformId === null || inPage.has(transformId)) return true;
    if (!emptied && this.#gallery.knows(transformId)) return true;
    this.#log.error({ templateId, transformId }, 'template of an unknown transform left out');
    return false;
  }

  #checked(change: Change): StateChange[] {
    return toStateChanges(change, this.#model, (reason) =>
      this.#log.error({ revision: change.revision, reason }, 'template left out'),
    );
  }

  #keep(page: Omit<StoredPage, 'pulledAs'>): void {
    const moves = page.throughRevision !== this.#appliedRevision;
    const pulledAs = moves ? this.#pullsAs : null;
    this.#store.applyPage(pulledAs === null ? page : { ...page, pulledAs });
    this.#pulledAs = pulledAs ?? this.#pulledAs;
    this.#changes += 1;
    if (page.empty) {
      this.#gallery.clear();
      this.#people.clear();
      this.#rules = null;
    }
    this.#access = null;
    for (const change of page.changes) this.#remember(change);
    this.#appliedRevision = page.throughRevision;
  }

  #remember(change: StateChange): void {
    switch (change.kind) {
      case 'person.put':
        this.#people.set(change.person.id, change.person);
        return;
      case 'person.delete':
        this.#people.delete(change.personId);
        this.#gallery.removePerson(change.personId);
        return;
      case 'template.put':
        this.#gallery.put(change.template);
        return;
      case 'template.delete':
        this.#gallery.remove(change.templateId);
        return;
      case 'transform.put':
        this.#gallery.addTransform(change.transform);
        return;
      case 'transform.delete':
        this.#gallery.dropTransform(change.transformId);
        return;
      case 'door.put':
        this.#takeDoor(change.door);
        return;
      case 'rules.put':
        this.#rules = change.rules;
        return;
    }
  }

  #takeDoor(door: StoredDoor): void {
    this.#doorId = door.id;
    this.#settings = door.settings;
    this.#camera = door.camera;
  }
}

/** The id of what a change is about; what is the door's alone has none. */
function idOf(change: StateChange): string | null {
  switch (change.kind) {
    case 'person.put':
      return change.person.id;
    case 'template.put':
      return change.template.templateId;
    case 'transform.put':
      return change.transform.id;
    default:
      return null;
  }
}
