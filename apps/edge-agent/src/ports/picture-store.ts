/** A picture of a face, and what it is known by. */
export interface EventPicture {
  /** SHA-256 of the JPEG, base64url; the event carries it. */
  readonly hash: string;
  readonly jpeg: Uint8Array;
}

/** A picture that is kept. */
export interface KeptPicture {
  readonly hash: string;
  /** Who is on it; null: nobody knows. */
  readonly personId: string | null;
}

/** Pictures of events that no server has taken yet. The door can do without any of them. */
export interface PictureStore {
  /** Keeps a picture. @throws when it cannot be written */
  keep(picture: EventPicture, personId: string | null): Promise<void>;
  /** Some of those that are kept, in no order. */
  some(countMax: number): Promise<KeptPicture[]>;
  /** The JPEG; null when it is not there, or cannot be read, and then it is gone. */
  read(picture: KeptPicture): Promise<Uint8Array | null>;
  forget(picture: KeptPicture): Promise<void>;
  /** Forgets pictures of people. @returns how many */
  forgetPeople(isGone: (personId: string) => boolean): Promise<number>;
}
