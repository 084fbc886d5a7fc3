import type {
  CameraSettings,
  CommandReport,
  DoorCommandKind,
  DoorPerson,
  DoorSettings,
  PushedEvent,
  RuleSet,
} from '@munjigi/contracts';

/** An event before it has its number. */
export type EventDraft<E extends PushedEvent = PushedEvent> = E extends unknown ? Omit<E, 'sequence'> : never;

/** Where an outbox stands. `lastSequence` is 0 before its first event. */
export interface OutboxPosition {
  readonly epoch: string;
  readonly lastSequence: number;
}

/** The durable queue of events that the server has not acknowledged. */
export interface EventStore {
  readonly position: OutboxPosition;
  /** The hash of the last event, 32 bytes in base64url; null before there is one that is chained. */
  readonly chainHash: string | null;
  /** Numbers an event, chains it to the one before it, and keeps it; it survives loss of power from the moment this returns. */
  append<E extends PushedEvent>(draft: EventDraft<E>): E;
  /** How many events no server has acknowledged. */
  readonly waitingCount: number;
  /** The oldest events, in order. */
  pending(countMax: number): PushedEvent[];
  /** Events that must be known at once and have not overtaken the others yet, oldest first. @param after only those above */
  urgent(after: number, countMax: number): PushedEvent[];
  /** The server knows of the urgent events at or under a sequence; they wait for their turn like the others. */
  overtook(throughSequence: number): void;
  /** The newest events that are still there, newest first. */
  latest(countMax: number): PushedEvent[];
  /** Deletes the events at or under a sequence of this epoch. */
  acknowledge(throughSequence: number): void;
  /**
   * Begins a new epoch and numbers what is pending from 1, with new ids: the server has seen numbers of this epoch that
   * this store has not given out (an old copy of it was brought back). Some of the pending events may be stored there
   * already and are then told twice, which an account survives; told never, it would not.
   */
  beginEpoch(): OutboxPosition;
}

/** A command as the door remembers it. */
export interface KeptCommand {
  readonly commandId: CommandReport['commandId'];
  readonly kind: DoorCommandKind;
  readonly state: CommandReport['state'];
  /** The report of it, JSON. */
  readonly report: string;
}

/** The journal of what a door was commanded, so that nothing is done twice and every report arrives. */
export interface CommandStore {
  /** The report of a command; null when it is new. */
  reportOf(commandId: string): string | null;
  /** Keeps a command as it stands; it survives loss of power from the moment this returns. */
  keep(command: KeptCommand): void;
  /** The commands that were accepted and have not ended. */
  begun(): Pick<KeptCommand, 'commandId' | 'kind'>[];
  /** The reports that the server has not confirmed, oldest first. */
  untold(): string[];
  /** The server has confirmed that it knows a command to stand so; nothing happens when it stands otherwise by now. */
  told(commandId: string, state: CommandReport['state']): void;
}

/** A template as the door keeps it. */
export interface StoredTemplate {
  readonly templateId: string;
  readonly personId: string;
  readonly modelId: string;
  /** The transform that turned the embedding; null: as the model made it. */
  readonly transformId: string | null;
  readonly embedding: Float32Array;
}

/** A secret rotation of the deployment that templates are kept in. */
export interface StoredTransform {
  readonly id: string;
  /** 32 bytes that the rotation follows from. */
  readonly secret: Uint8Array;
}

/** The door itself, as the server wants it. */
export interface StoredDoor {
  readonly id: string;
  readonly name: string;
  readonly settings: DoorSettings;
  /** The camera that the server wants; null: it leaves it to the door's own configuration. */
  readonly camera: CameraSettings | null;
}

/** The access rules of the door, but its people. */
export type StoredRules = Omit<RuleSet, 'people'>;

/** All that a door must know to decide alone. */
export interface StoredState {
  readonly appliedRevision: number;
  /**
   * What the server took the agent to understand that pulled this; empty: less than it does, or a version pulled since
   * that did not note it. Null: it was never noted.
   */
  readonly pulledAs: string | null;
  readonly people: readonly DoorPerson[];
  readonly templates: readonly StoredTemplate[];
  readonly transforms: readonly StoredTransform[];
  /** Templates and transforms that are there but could not be read: another key, or damage. */
  readonly unreadableTemplates: number;
  readonly door: StoredDoor | null;
  /** Whether the server said that it sends access rules: without them nobody passes then. */
  readonly expectsRules: boolean;
  readonly rules: StoredRules | null;
}

/** One change, checked and ready to be kept. */
export type StateChange =
  | { readonly kind: 'person.put'; readonly person: DoorPerson; readonly etag?: string | null }
  | { readonly kind: 'person.delete'; readonly personId: string }
  | { readonly kind: 'template.put'; readonly template: StoredTemplate }
  | { readonly kind: 'template.delete'; readonly templateId: string }
  | { readonly kind: 'transform.put'; readonly transform: StoredTransform }
  | { readonly kind: 'transform.delete'; readonly transformId: string }
  | { readonly kind: 'door.put'; readonly door: StoredDoor; readonly etag?: string | null }
  | { readonly kind: 'rules.put'; readonly rules: StoredRules; readonly etag?: string | null };

/** What is on the disk of one part of the state. */
export interface StatePart {
  readonly people: readonly string[];
  readonly templates: readonly string[];
  readonly transforms: readonly string[];
}

/** Who takes templates as they are read, so that not all are held twice at once. */
export interface TemplateTaker {
  /** Called for every transform, before the first template. */
  transform(transform: StoredTransform): void;
  /** The embedding is the taker's to keep, or not. */
  template(template: StoredTemplate): void;
}

/** The durable copy of what the server wants a door to know. */
export interface StateStore {
  /** @param taker gets the templates, and `templates` of the result is empty; not given: they are in the result */
  load(taker?: TemplateTaker): StoredState;
  /** The digests of all that is there, as the protocol has them; in steps of a few milliseconds. */
  digest(): Generator<undefined, Uint8Array<ArrayBuffer>>;
  /** What there is of one part. */
  idsOfPart(part: number): StatePart;
  /** Forgets people and their templates, and keeps the cursor; on the disk when this returns. */
  forget(personIds: readonly string[]): void;
  /** Notes, for good, that the server sends access rules. */
  expectRules(): void;
  /** Applies a page of changes and its cursor in one transaction: all or nothing. */
  applyPage(page: StoredPage): void;
}

/** A page as it is kept. */
export interface StoredPage {
  /** Forget all first. */
  readonly empty: boolean;
  readonly changes: readonly StateChange[];
  readonly throughRevision: number;
  /** As in {@link StoredState}; not given: as before. */
  readonly pulledAs?: string;
}
