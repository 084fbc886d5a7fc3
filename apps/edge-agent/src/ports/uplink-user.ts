import type {
  AgentEvent,
  CaptureAnswer,
  DoorState,
  DoorUnlock,
  DoorUnlockAnswer,
  PreviewFrame,
  PreviewWatch,
} from '@munjigi/contracts';

/** What the link to the server asks of the door. Every call returns at once. */
export interface UplinkUser {
  /** The door as it is now. */
  doorState(): Omit<DoorState, 'v'>;
  /** Unlocks once for an operator. @returns what became of it */
  unlock(command: DoorUnlock): DoorUnlockAnswer;
  /** The best pictures of a track, or why there are none. */
  captures(trackId: string): CaptureAnswer;
  /** Somebody watches for this long; null when the link was lost, and nobody can be watching. */
  preview(watch: PreviewWatch | null): void;
}

/** What the door tells the link to the server. Nothing here waits, and nothing fails when there is no link. */
export interface Uplink {
  /** Server clock minus ours as last measured, ms; null before the first contact. */
  readonly clockOffsetMs: AgentEvent['clockOffsetMs'];
  /** The server's clock now, by a clock of ours that never jumps, ms since 1970; null before the first contact. */
  readonly serverMs: number | null;
  /** How long ago the server last confirmed that the door has all changes, ms; null before it ever did. */
  readonly rulesAgeMs: number | null;
  /** There are new events in the outbox. */
  eventsWaiting(): void;
  /** The lock or the camera changed. */
  doorStateChanged(): void;
  /** Sends a picture if the link can take it this moment; otherwise it is dropped. */
  sendPreview(frame: PreviewFrame): void;
}
