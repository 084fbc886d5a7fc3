import type { DoorInputs } from '@munjigi/contracts';

/** An input of a door. */
export type DoorInputName = keyof DoorInputs;

/** What the wires tell their owner. All are called on the event loop and must return at once. */
export interface DoorHardwareSink {
  /** Whether the circuit of an input's contact is closed; null when it cannot be read any longer. */
  contact(name: DoorInputName, isClosed: boolean | null): void;
  /**
   * The relay fell by itself, or may have, though it was energised; its owner moves it again.
   *
   * @param message why, in words for people
   */
  relayLost(message: string): void;
  /** What keeps the wires from being reached, in words for people; null when they are reached again. */
  fault(message: string | null): void;
}

/**
 * The wires of one door: its lock's relay, and the contacts that tell of it. Construction does nothing.
 *
 * However the agent ends, the relay falls to where it locks: at once where the wires are this machine's, and else
 * after a bounded time.
 */
export interface DoorHardware {
  /**
   * Releases the relay, whatever was before, and begins to read the contacts; from then on the adapter heals itself,
   * with pauses, until it is closed.
   */
  start(sink: DoorHardwareSink): void;
  /**
   * Energises (unlocks) or releases (locks) the relay.
   *
   * @returns once the relay has moved; rejects when it could not be moved.
   */
  setRelay(position: 'energised' | 'released'): Promise<void>;
  /** Warns at the door, or stops to, that it stands open for too long; absent where nothing can. */
  warn?(isOn: boolean): Promise<void>;
  /** Releases the relay for good and frees what the adapter holds. */
  close(): Promise<void>;
}
