/** What kind of somebody acts: a person at the console, a program with a token, a door's device, the server itself. */
export type ActorKind = 'administrator' | 'token' | 'device' | 'system';

/** Who does something, as the account keeps it. */
export interface Actor {
  readonly actorKind: ActorKind;
  /** Null for the server itself, and for somebody who is not known. */
  readonly actorId: string | null;
  /** As it was at that moment: an e-mail address, a token's or a door's name. */
  readonly actorName: string;
  /** The network address that it came from, or null. */
  readonly address: string | null;
}

/** What the server does by itself. @param name of the part that does it, such as `retention` */
export function systemActor(name: string): Actor {
  return { actorKind: 'system', actorId: null, actorName: name, address: null };
}

/** Somebody who has not proved who they are. */
export function unknownActor(address: string): Actor {
  return { actorKind: 'administrator', actorId: null, actorName: '', address };
}
