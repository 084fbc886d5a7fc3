import type { DoorSettingsPatch } from '@munjigi/contracts';

/** Somebody who was registered at this door itself. */
export interface LocalPerson {
  /** A UUIDv7 made here; it stays the person's when a server takes them over. */
  readonly id: string;
  readonly name: string;
  /** The first instant at which the person may pass, ISO 8601; null: no limit. */
  readonly validFrom: string | null;
  /** The first instant at which the person may pass no longer; null: no limit. */
  readonly validUntil: string | null;
  /** Whether the door lets them pass; not where a server decides that, until it has. */
  readonly passes: boolean;
  readonly createdAt: string;
}

/** A template of such a person, with the picture that it was made of. */
export interface LocalTemplate {
  readonly id: string;
  readonly personId: string;
  readonly embedding: Float32Array;
  /** A JPEG of the face with a margin. */
  readonly photo: Uint8Array;
}

/** What is kept of local people, as it could be read. */
export interface LocalState {
  readonly people: readonly LocalPerson[];
  readonly templates: readonly Omit<LocalTemplate, 'photo'>[];
  /** Rows that cannot be read: another key, or damage. */
  readonly unreadable: number;
}

/** The durable copy of what was set at this door itself. Every change is on the disk when its call returns. */
export interface LocalStore {
  load(): LocalState;
  /** Keeps a person, new or changed, and new templates of theirs, all or nothing. */
  put(person: LocalPerson, templates?: readonly LocalTemplate[]): void;
  /** Forgets a person with all that is theirs. */
  remove(personId: string): void;
  /** The pictures of a person, in the order in which they came. */
  photosOf(personId: string): Uint8Array[];
  /** How the door recognises and decides while no server says; what is not named is as by default. */
  settings(): DoorSettingsPatch;
  keepSettings(settings: DoorSettingsPatch): void;
  /** The id of this door until a server gives it one; always the same. */
  doorId(): string;
}
