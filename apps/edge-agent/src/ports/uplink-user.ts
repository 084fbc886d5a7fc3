import type {
  AgentEvent,
  CaptureAnswer,
  DoorState,
  CommandReport,
  DoorCommandMessage,
  LocalPersonAtDoor,
  PreviewFrame,
  PreviewWatch,
  WhereaboutsTold,
} from '@munjigi/contracts';

/** Who does what the server commands. */
export interface CommandUser {
  /** Does it once. @returns what has become of it */
  take(message: DoorCommandMessage): CommandReport | Promise<CommandReport>;
  /** The reports that the server has not confirmed, oldest first. */
  untold(): CommandReport[];
  /** The server has this report. */
  told(report: CommandReport): void;
}

/** What the server asks of the people who were registered at the door itself. */
export interface LocalUser {
  people(): LocalPersonAtDoor[];
  /** The pictures of one of them, or why there are none. */
  captures(personId: string): CaptureAnswer;
  /** The server has decided about them: the door forgets its own. The same whether they are there or not. */
  settle(personId: string): void;
}

/** What the link to the server asks of the door. Every call returns at once. */
export interface UplinkUser {
  /** The door as it is now. */
  doorState(): Omit<DoorState, 'v'>;
  /** Takes the server's commands. */
  readonly commands: CommandUser;
  /** The best pictures of a track, or why there are none. */
  captures(trackId: string): CaptureAnswer;
  /** Who was registered here, and waits for the server. */
  readonly local: LocalUser;
  /** Other doors told who passed, and who was pardoned. */
  whereabouts(told: Pick<WhereaboutsTold, 'moved' | 'pardoned'> & { readonly anew?: boolean }): void;
  /** Somebody watches for this long; null when the link was lost, and nobody can be watching. */
  preview(watch: PreviewWatch | null): void;
}

/** What the door tells the link to the server. Nothing here waits, and nothing fails when there is no link. */
export interface Uplink {
  /** Server clock minus ours as last measured, ms; null before the first contact. */
  readonly clockOffsetMs: AgentEvent['clockOffsetMs'];
  /** How far that may be wrong, ms; null before the first contact. */
  readonly clockErrorMs: number | null;
  /** The server's clock now, by a clock of ours that never jumps, ms since 1970; null before the first contact. */
  readonly serverMs: number | null;
  /** How long ago the server last confirmed that the door has all changes, ms; null before it ever did. */
  readonly rulesAgeMs: number | null;
  /** There are new events in the outbox. */
  eventsWaiting(): void;
  /** There are pictures of events to send. */
  picturesWaiting(): void;
  /** There are reports of commands to send. */
  reportsWaiting(): void;
  /** The lock or the camera changed. */
  doorStateChanged(): void;
  /** Sends a picture if the link can take it this moment; otherwise it is dropped. */
  sendPreview(frame: PreviewFrame): void;
}
